// SPDX-License-Identifier: Apache-2.0
/**
 * The {@code poolsim} command: one class per verb. Exit codes: {@value
 * org.poolsim.cli.ExitCode#DONE} done, {@value org.poolsim.cli.ExitCode#MISSED} ran but an
 * objective or a validation case failed, {@value org.poolsim.cli.ExitCode#WRONG_INPUT} the input is
 * wrong, {@value org.poolsim.cli.ExitCode#INTERNAL} internal error.
 */
package org.poolsim.cli;
