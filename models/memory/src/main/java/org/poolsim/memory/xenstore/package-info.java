// SPDX-License-Identifier: Apache-2.0
/**
 * xenstored: one server, one request after the other, for everybody on a host (fact sheet on
 * memory, section 12).
 *
 * <p>{@link org.poolsim.memory.xenstore.Xenstored} holds a real tree: transactions see a snapshot
 * and are executed again at their end, against what the others have written meanwhile. The OCaml
 * daemon compares every answer with the recorded one and answers EAGAIN when one differs; the C
 * daemon compares the generation of every node accessed, so that an equal value written again is a
 * conflict too. A {@link org.poolsim.memory.xenstore.StoreScript} is a synchronous client that does
 * a list of requests and begins a transaction anew as often as it must.
 *
 * <p>Costs are measured ones ({@code xenstored-opcost.csv}, good to a factor of two): the OCaml
 * daemon's do not depend on the size of the store; the C daemon looks at every watch for every
 * change. Values are numbers: equal numbers are equal contents.
 *
 * <p>Limits: permissions are not checked; paths are names that were made before, so that no text is
 * handled while the simulation runs; a change allocates the nodes along its path, as the tree is
 * immutable. The C daemon's write limit and memory quota are not modelled.
 */
package org.poolsim.memory.xenstore;
