// SPDX-License-Identifier: Apache-2.0
/** poolsim cli. */
package org.poolsim.cli;
