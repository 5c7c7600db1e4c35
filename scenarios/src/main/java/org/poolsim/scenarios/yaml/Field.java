// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Locale;

/**
 * One key of a record.
 *
 * @param type the component's type
 * @param quantity {@code null} if it is not a measured number
 * @param text the default as YAML, the rule of a computed value, or what absence means
 * @param min least value as written, or empty
 * @param max greatest value as written, or empty
 * @param most most entries of a list or mapping
 * @param refersTo kind of thing that is named, or {@code null}
 * @param nullIsAWord whether {@code null} without quotes is a value
 */
record Field(
    String key,
    Type type,
    Quantity quantity,
    String doc,
    Need need,
    String text,
    String min,
    String max,
    int most,
    Name name,
    String refersTo,
    boolean orOne,
    boolean partial,
    boolean nullIsAWord,
    Method accessor) {
  /** Whether a key must be there, and what holds if it is not. */
  enum Need {
    REQUIRED,
    DEFAULT,
    COMPUTED,
    ABSENT
  }

  private static final int MOST_BY_DEFAULT = 100_000;

  static Field of(RecordComponent component) {
    Default byDefault = component.getAnnotation(Default.class);
    Computed computed = component.getAnnotation(Computed.class);
    Absent absent = component.getAnnotation(Absent.class);
    Measured measured = component.getAnnotation(Measured.class);
    Within within = component.getAnnotation(Within.class);
    Most most = component.getAnnotation(Most.class);
    Ref ref = component.getAnnotation(Ref.class);
    Doc doc = component.getAnnotation(Doc.class);
    Need need = Need.REQUIRED;
    String text = "";
    if (byDefault != null) {
      need = Need.DEFAULT;
      text = byDefault.value();
    } else if (computed != null) {
      need = Need.COMPUTED;
      text = computed.value();
    } else if (absent != null) {
      need = Need.ABSENT;
      text = absent.value();
    }
    if (doc == null) {
      throw new IllegalStateException(
          component + " of " + component.getDeclaringRecord() + " has no @Doc");
    }
    Method accessor = component.getAccessor();
    accessor.setAccessible(true);
    return new Field(
        key(component.getName()),
        component.getGenericType(),
        measured == null ? null : measured.value(),
        doc.value(),
        need,
        text,
        within == null ? "" : within.min(),
        within == null ? "" : within.max(),
        most == null ? MOST_BY_DEFAULT : most.value(),
        component.getAnnotation(Name.class),
        ref == null ? null : ref.value(),
        component.isAnnotationPresent(OrOne.class),
        component.isAnnotationPresent(Partial.class),
        component.isAnnotationPresent(NullIsAWord.class),
        accessor);
  }

  /** Returns this field as the description of one of its entries. */
  Field entry(Type entryType) {
    return with(entryType, quantity, false);
  }

  /** Returns this field with a quantity in place of {@link Quantity#INHERITED}. */
  Field inheriting(Quantity outer) {
    return quantity != Quantity.INHERITED || outer == null ? this : with(type, outer, orOne);
  }

  private Field with(Type newType, Quantity newQuantity, boolean newOrOne) {
    return new Field(
        key,
        newType,
        newQuantity,
        doc,
        need,
        text,
        min,
        max,
        most,
        name,
        refersTo,
        newOrOne,
        partial,
        nullIsAWord,
        accessor);
  }

  /** Returns the class behind the type. */
  Class<?> raw() {
    return raw(type);
  }

  static Class<?> raw(Type type) {
    return type instanceof ParameterizedType p ? (Class<?>) p.getRawType() : (Class<?>) type;
  }

  /** Returns the last type argument: the entries of a list or the values of a mapping. */
  Type argument() {
    Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
    return arguments[arguments.length - 1];
  }

  /** Returns whether the number is held as a whole number of base units. */
  boolean whole() {
    Class<?> raw = raw();
    return raw == long.class || raw == Long.class || raw == int.class || raw == Integer.class;
  }

  /** Returns the value of this field in a record. */
  Object get(Object owner) {
    try {
      return accessor.invoke(owner);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns {@code staticMax} as {@code static_max}. */
  static String key(String javaName) {
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < javaName.length(); i++) {
      char c = javaName.charAt(i);
      if (Character.isUpperCase(c)) {
        key.append('_');
      }
      key.append(Character.toLowerCase(c));
    }
    return key.toString();
  }

  /** Returns {@code CREDIT_XENSERVER} as {@code credit-xenserver}. */
  static String constant(Enum<?> value) {
    try {
      Called called = value.getDeclaringClass().getField(value.name()).getAnnotation(Called.class);
      return called != null
          ? called.value()
          : value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }
}
