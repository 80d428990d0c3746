package org.panscope.core.timeline;

/// Which part of the timeline a root row belongs to; the order of the constants is the order on
/// screen.
public enum Section {
    PROCESSES("processes", "processes"),
    QUEUES("queues", "queues"),
    SLOTS("slots", "csg slots"),
    FIRMWARE("firmware", "firmware"),
    ENDPOINTS("endpoints", "endpoints"),
    HEAPS("heaps", "tiler heaps"),
    FENCES("fences", "fences"),
    SYNC("sync", "sync objects"),
    KERNEL("kernel", "kernel"),
    IRQ("irq", "irq"),
    GPU("gpu", "gpu"),
    MEMORY("memory", "memory"),
    CPUS("cpus", "cpus"),
    OTHER("other", "other"),
    /// What the capture does not show.
    NOT_RECORDED("absences", "not recorded");

    private final String containerKind;
    private final String title;

    Section(String containerKind, String title) {
        this.containerKind = containerKind;
        this.title = title;
    }

    /// Name of the row that holds rows of this section when the trace defines no such row.
    public String title() {
        return title;
    }

    /// Kind of that row.
    String containerKind() {
        return containerKind;
    }

    /// Whether a root row of this kind and name belongs inside the container row.
    boolean wraps(String kind, String name) {
        return switch (this) {
            case PROCESSES, OTHER, NOT_RECORDED -> false;
            case IRQ -> !name.equals(title);
            case SYNC -> !kind.equals(containerKind) && !kind.equals("syncobjs");
            case GPU -> !kind.equals(containerKind) && !kind.equals("hardware");
            default -> !kind.equals(containerKind);
        };
    }

    /// Section of a root row of this kind.
    static Section ofRootKind(String kind) {
        return switch (kind) {
            case "process", "processes" -> PROCESSES;
            case "slots", "slot" -> SLOTS;
            case "firmware", "mcu", "csg", "cs" -> FIRMWARE;
            case "endpoints" -> ENDPOINTS;
            case "heaps" -> HEAPS;
            case "kernel", "work", "workqueue", "pm" -> KERNEL;
            case "irq" -> IRQ;
            case "fences", "timeline", "fence-context", "fence" -> FENCES;
            case "sync", "syncobjs", "sync-object", "syncobj" -> SYNC;
            case "memory", "bo", "vm" -> MEMORY;
            case "queues", "queue", "ring", "group", "xgs" -> QUEUES;
            case "gpu", "hardware", "registers", "mmu", "device" -> GPU;
            case "cpus", "cpu" -> CPUS;
            case "absences" -> NOT_RECORDED;
            default -> OTHER;
        };
    }
}
