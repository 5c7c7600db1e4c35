// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

/** Requests in FIFO order, linked through themselves: a request is in one queue at most. */
final class RequestQueue {
  private BlockRequest first;
  private BlockRequest last;
  private int size;

  void add(BlockRequest request) {
    request.next = null;
    if (last == null) {
      first = request;
    } else {
      last.next = request;
    }
    last = request;
    size++;
  }

  BlockRequest peek() {
    return first;
  }

  BlockRequest poll() {
    BlockRequest request = first;
    if (request != null) {
      first = request.next;
      request.next = null;
      if (first == null) {
        last = null;
      }
      size--;
    }
    return request;
  }

  int size() {
    return size;
  }

  void clear() {
    while (poll() != null) {
      // Unlinks every request, for its owner may submit it elsewhere.
    }
  }
}
