// SPDX-License-Identifier: Apache-2.0
/** The memory model. */
package org.poolsim.memory;
