// SPDX-License-Identifier: Apache-2.0
/** The network model. */
package org.poolsim.network;
