// SPDX-License-Identifier: Apache-2.0
/**
 * Strict YAML for records: reading with limits, binding with every mistake at its place, writing,
 * and the JSON Schema and reference page that follow from the same records. Knows nothing of pools.
 *
 * <p>The flow is {@link org.poolsim.scenarios.yaml.YamlReader} (text to {@link
 * org.poolsim.scenarios.yaml.Node}s that know their places), {@link
 * org.poolsim.scenarios.yaml.Binder} (nodes to records, {@link org.poolsim.scenarios.yaml.Mistakes}
 * collected), {@link org.poolsim.scenarios.yaml.RecordWriter} (records to YAML). A record describes
 * its keys by annotations: {@link org.poolsim.scenarios.yaml.Doc}, {@link
 * org.poolsim.scenarios.yaml.Measured}, {@link org.poolsim.scenarios.yaml.Within}, and one of
 * {@link org.poolsim.scenarios.yaml.Default}, {@link org.poolsim.scenarios.yaml.Computed} and
 * {@link org.poolsim.scenarios.yaml.Absent}; a key with none of the three must be there.
 *
 * <p>Limits: a file of 16 MiB, 40 levels, a million values with aliases counted as often as they
 * are used, 100 mistakes. YAML 1.2: one document, no tags, no merge keys, no duplicate keys.
 */
package org.poolsim.scenarios.yaml;
