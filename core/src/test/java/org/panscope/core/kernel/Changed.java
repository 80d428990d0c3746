package org.panscope.core.kernel;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/// Copies of parameter records with one component changed.
final class Changed {
    private Changed() {}

    /// @param component name of the component
    /// @param value its value in the copy
    static <R extends Record> R copy(R record, String component, Object value) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        boolean found = false;
        try {
            for (int i = 0; i < components.length; i++) {
                boolean isIt = components[i].getName().equals(component);
                found |= isIt;
                values[i] = isIt ? value : components[i].getAccessor().invoke(record);
            }
            if (!found) {
                throw new IllegalArgumentException(record.getClass() + " has no " + component);
            }
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
            @SuppressWarnings("unchecked")
            R copy = (R) record.getClass().getDeclaredConstructor(types).newInstance(values);
            return copy;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("component=" + component, e);
        }
    }
}
