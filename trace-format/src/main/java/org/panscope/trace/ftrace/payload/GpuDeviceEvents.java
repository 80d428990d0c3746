package org.panscope.trace.ftrace.payload;

/// The GPU as a device: panthor's two events (drivers/gpu/drm/panthor/panthor_trace.h), clocks,
/// frequencies and memory totals. The names of panthor's events are generic, so only the shape of
/// the payload says that they are panthor's.
final class GpuDeviceEvents {
    private GpuDeviceEvents() {}

    static void register(PayloadDecoders decoders) {
        decoders.add(
                "gpu_power_status",
                EventFormat.of("dev_name:text shader_bitmap:hex tiler_bitmap:hex l2_bitmap:hex")
                        .spelled(
                                "${dev_name}: shader_bitmap=${shader_bitmap}"
                                        + " tiler_bitmap=${tiler_bitmap} l2_bitmap=${l2_bitmap}"));
        decoders.add(
                "gpu_job_irq",
                EventFormat.of("dev_name:text events:hex duration_ns:ns")
                        .spelled("${dev_name}: events=${events} duration_ns=${duration_ns}"));
        decoders.add(
                "devfreq_frequency",
                EventFormat.of("dev_name:word freq:count prev_freq:count load:count")
                        .spelled(
                                "dev_name=${dev_name|-30} freq=${freq|-12}"
                                        + " prev_freq=${prev_freq|-12} load=${load|-2}"));
        decoders.add(
                "devfreq_monitor",
                EventFormat.of("dev_name:word freq:count polling_ms:count load:count")
                        .spelled(
                                "dev_name=${dev_name|-30} freq=${freq|-12}"
                                        + " polling_ms=${polling_ms|-3} load=${load|-2}"));
        decoders.add(
                "gpu_frequency",
                EventFormat.of("gpu_id:id state:count").spelled("gpu_id=${gpu_id} state=${state}"));
        decoders.add(
                "gpu_mem_total",
                EventFormat.of("gpu_id:id pid:id size:bytes")
                        .spelled("gpu_id=${gpu_id} pid=${pid} size=${size}"));
        decoders.add(
                "clk_set_rate", EventFormat.of("name:word rate:count").spelled("${name} ${rate}"));
    }
}
