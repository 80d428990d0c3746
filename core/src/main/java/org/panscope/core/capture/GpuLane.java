package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;

/// The GPU itself: `gpu` > `<device> job irq`, `<device> power`, `<device> frequency`, `memory`. Of
/// the devices with a variable clock only those named as GPUs count.
final class GpuLane implements Lane {
    @Override
    public @Nullable Integer track(TrackTable tracks, CaptureEvent event) {
        String device = event.text("dev_name");
        String name =
                switch (event.name()) {
                    case "gpu_job_irq" -> device == null ? null : device + " job irq";
                    case "gpu_power_status" -> device == null ? null : device + " power";
                    case "devfreq_frequency", "devfreq_monitor" ->
                            device != null && isGpu(device) ? device + " frequency" : null;
                    case "gpu_frequency" -> gpu(event) + " frequency";
                    case "gpu_mem_total" -> gpu(event) + " memory";
                    default -> null;
                };
        return name == null ? null : tracks.child(tracks.root("gpu", "gpu"), "gpu", name);
    }

    private static String gpu(CaptureEvent event) {
        Long id = event.number("gpu_id");
        return id == null ? "gpu" : "gpu " + id;
    }

    private static boolean isGpu(String device) {
        return device.contains("gpu") || device.contains("mali") || device.contains("panthor");
    }
}
