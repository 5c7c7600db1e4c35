// SPDX-License-Identifier: Apache-2.0
/** The storage model. */
package org.poolsim.storage;
