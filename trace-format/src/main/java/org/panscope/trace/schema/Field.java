package org.panscope.trace.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Unit and meaning of one record component of an event type. The field's name everywhere is the
/// component's name in snake case (`ringVa` is `ring_va`).
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Field {
    Unit value();

    String doc() default "";
}
