// SPDX-License-Identifier: Apache-2.0
/** The pool model. */
package org.poolsim.pool;
