package org.panscope.core.state;

/// Names of objects there is one of.
final class Devices {
    static final ObjectId GPU = new ObjectId("device", "gpu");

    private Devices() {}
}
