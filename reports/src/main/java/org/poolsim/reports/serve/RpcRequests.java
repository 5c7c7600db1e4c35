// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The XenAPI over XML-RPC and JSON-RPC. */
final class RpcRequests {
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(32).build())
                  .build())
          .build();

  private final XenApi api;

  RpcRequests(XenApi api) {
    this.api = api;
  }

  Answer xml(String body) {
    XmlRpc.Call call;
    try {
      call = XmlRpc.parse(body);
    } catch (XMLStreamException e) {
      return Answer.error(400, "not an XML-RPC call");
    }
    String text;
    try {
      text = XmlRpc.success(api.call(call.method(), call.parameters()));
    } catch (XenApi.Failure e) {
      text = XmlRpc.failure(e.description());
    }
    return Answer.of("text/xml", text);
  }

  Answer json(String body) {
    JsonNode call;
    try {
      call = JSON.readTree(body);
    } catch (JacksonException e) {
      return Answer.error(400, "not a JSON-RPC call");
    }
    if (!call.isObject() || !call.path("method").isString()) {
      return Answer.error(400, "not a JSON-RPC call");
    }
    List<Object> parameters = new ArrayList<>();
    for (JsonNode parameter : call.path("params")) {
      parameters.add(parameter.isString() ? parameter.asString() : parameter.toString());
    }
    ObjectNode answer = JSON.createObjectNode();
    boolean second = "2.0".equals(call.path("jsonrpc").asString(""));
    if (second) {
      answer.put("jsonrpc", "2.0");
    }
    try {
      Object value = api.call(call.get("method").asString(), parameters);
      answer.set("result", JSON.valueToTree(plain(value)));
      if (!second) {
        answer.putNull("error");
      }
    } catch (XenApi.Failure e) {
      List<String> description = e.description();
      if (second) {
        answer.set(
            "error",
            JSON.valueToTree(
                Map.of(
                    "code", 1,
                    "message", description.get(0),
                    "data", description.subList(1, description.size()))));
      } else {
        answer.putNull("result");
        answer.set("error", JSON.valueToTree(description));
      }
    }
    answer.set("id", call.has("id") ? call.get("id") : JSON.nullNode());
    return Answer.of("application/json", answer.toString());
  }

  /** JSON has no dates: they are texts. */
  private static Object plain(Object value) {
    if (value instanceof PoolRecords.Date date) {
      return date.text();
    } else if (value instanceof List<?> list) {
      return list.stream().map(RpcRequests::plain).toList();
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, Object> plain = new LinkedHashMap<>();
      map.forEach((key, each) -> plain.put(key, plain(each)));
      return plain;
    }
    return value;
  }
}
