package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldRow;

/// The GPU itself: `gpu` > `<device> job irq`, `<device> power`, `<device> frequency`, `memory`. Of
/// the devices with a variable clock only those named as GPUs count.
final class GpuLane implements Lane {
    @Override
    public TypeLane of(EventTypeInfo type) {
        TextField device = TextField.of(type, "dev_name");
        NumberField gpu = NumberField.of(type, "gpu_id");
        return (tracks, row, header) -> {
            String name = name(type.name(), device.of(row), gpu, row);
            return name == null
                    ? TypeLane.NONE
                    : tracks.child(tracks.root("gpu", "gpu"), "gpu", name);
        };
    }

    private static @Nullable String name(
            String event, @Nullable String device, NumberField gpu, FieldRow row) {
        return switch (event) {
            case "gpu_job_irq" -> device == null ? null : device + " job irq";
            case "gpu_power_status" -> device == null ? null : device + " power";
            case "devfreq_frequency", "devfreq_monitor" ->
                    device != null && isGpu(device) ? device + " frequency" : null;
            case "gpu_frequency" -> gpu(gpu, row) + " frequency";
            case "gpu_mem_total" -> gpu(gpu, row) + " memory";
            default -> null;
        };
    }

    private static String gpu(NumberField gpu, FieldRow row) {
        return gpu.isIn(row) ? "gpu " + gpu.of(row) : "gpu";
    }

    private static boolean isGpu(String device) {
        return device.contains("gpu") || device.contains("mali") || device.contains("panthor");
    }
}
