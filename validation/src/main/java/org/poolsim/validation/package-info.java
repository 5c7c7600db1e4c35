// SPDX-License-Identifier: Apache-2.0
/**
 * Replays cases recorded from the real software through poolsim's models and compares. One {@link
 * org.poolsim.validation.ValidationSet} per kind of case, one package per model. The recorded
 * outcome is read by the comparison alone, never by the replay.
 */
package org.poolsim.validation;
