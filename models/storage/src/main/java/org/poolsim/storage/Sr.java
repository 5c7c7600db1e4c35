// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

/**
 * A storage repository on an array.
 *
 * @param name for people
 * @param uuid at least 8 characters: the first 8 name the data sources
 * @param type the driver
 * @param array what serves it
 */
public record Sr(String name, String uuid, SrType type, StorageArray array) {}
