package org.panscope.trace.ftrace.payload;

import java.util.List;

/// Jobs of the GPU scheduler, three generations apart by their spelling alone: pointers and
/// per-ring ids (up to 6.12 at least), the draft of 2024, and fences as `context:seqno`
/// (drivers/gpu/drm/scheduler/gpu_scheduler_trace.h).
final class GpuSchedulerEvents {
    private static final String TAIL =
            ", ring=${name}, job count:${job_count}, hw job count:${hw_job_count}";
    private static final String DRAFT_FENCE = "(context:${fence_context}, seqno:${fence_seqno})";

    private GpuSchedulerEvents() {}

    static void register(PayloadDecoders decoders) {
        registerFirst(decoders);
        registerStable(decoders);
        registerDraft(decoders);
        registerAmd(decoders);
    }

    private static void registerFirst(PayloadDecoders decoders) {
        EventFormat job =
                EventFormat.of(
                                "entity:pointer fence:pointer name:text id:id job_count:count"
                                        + " hw_job_count:count")
                        .spelled("entity=${entity}, id=${id}, fence=${fence}" + TAIL);
        decoders.add("drm_sched_job", job);
        decoders.add("drm_run_job", job);
        decoders.add(
                "drm_sched_process_job",
                EventFormat.of("fence:pointer").spelled("fence=${fence} signaled"));
        decoders.add(
                "drm_sched_job_wait_dep",
                EventFormat.of("name:text id:id fence:pointer ctx:id seqno:id")
                        .spelled(
                                "job ring=${name}, id=${id}, depends fence=${fence},"
                                        + " context=${ctx}, seq=${seqno}"));
    }

    private static void registerDraft(PayloadDecoders decoders) {
        EventFormat job =
                EventFormat.of(
                                "name:text id:id job_count:count hw_job_count:count dev:word"
                                        + " fence_context:id fence_seqno:id dependencies:text"
                                        + " client_id:id")
                        .spelled(
                                "{?dev=${dev}, ?}{?id=${id}, ?}fence="
                                        + DRAFT_FENCE
                                        + TAIL
                                        + "{?, dependencies:${dependencies}?}"
                                        + "{?, client_id:${client_id}?}");
        for (String name :
                List.of(
                        "drm_sched_job",
                        "drm_run_job",
                        "drm_sched_job_queue",
                        "drm_sched_job_run")) {
            decoders.add(name, job);
        }
        EventFormat done =
                EventFormat.of("fence_context:id fence_seqno:id")
                        .spelled("fence=" + DRAFT_FENCE + " signaled");
        decoders.add("drm_sched_process_job", done);
        decoders.add("drm_sched_job_done", done);
        decoders.add(
                "drm_sched_job_wait_dep",
                EventFormat.of("name:text id:id ctx:id seqno:id")
                        .spelled(
                                "job ring=${name}, id=${id}, depends fence=(context:${ctx},"
                                        + " seqno:${seqno})"));
    }

    /// The scheduler's ancestor in amdgpu, and that driver's own view of its jobs.
    private static void registerAmd(PayloadDecoders decoders) {
        decoders.add(
                "amd_sched_job",
                EventFormat.of(
                                "entity:pointer sched_job:pointer fence:pointer name:text id:id"
                                        + " job_count:count hw_job_count:count")
                        .spelled(
                                "entity=${entity}, {?sched job=${sched_job}, ?}{?id=${id},"
                                        + " ?}fence=${fence}"
                                        + TAIL));
        decoders.add(
                "amd_sched_process_job",
                EventFormat.of("fence:pointer").spelled("fence=${fence} signaled"));
        EventFormat job =
                EventFormat.of(
                                "sched_job:id timeline:text context:id seqno:id ring:text"
                                        + " num_ibs:count")
                        .spelled(
                                "sched_job=${sched_job}, timeline=${timeline},"
                                        + " context=${context}, seqno=${seqno},"
                                        + " ring_name=${ring}, num_ibs=${num_ibs}");
        decoders.add("amdgpu_cs_ioctl", job);
        decoders.add("amdgpu_sched_run_job", job);
    }

    private static EventFormat dependency(String how) {
        return EventFormat.of("fence_context:id fence_seqno:id ctx:id seqno:id")
                .spelled("fence=${fence_context}:${fence_seqno} " + how + " fence=${ctx}:${seqno}")
                .spelled(
                        "fence=${fence_context}:${fence_seqno} depends on{? unsignalled?}"
                                + " fence=${ctx}:${seqno}")
                .spelled(
                        "fence="
                                + DRAFT_FENCE
                                + " depends on{? unsignalled?} fence=(context:${ctx},"
                                + " seqno:${seqno})");
    }

    private static void registerStable(PayloadDecoders decoders) {
        EventFormat job =
                EventFormat.of(
                                "name:text job_count:count hw_job_count:count dev:word"
                                        + " fence_context:id fence_seqno:id client_id:id")
                        .spelled(
                                "{?dev=${dev}, ?}fence=${fence_context}:${fence_seqno}"
                                        + TAIL
                                        + "{?, client_id:${client_id}?}");
        decoders.add("drm_sched_job_queue", job);
        decoders.add("drm_sched_job_run", job);
        decoders.add(
                "drm_sched_job_done",
                EventFormat.of("fence_context:id fence_seqno:id")
                        .spelled("fence=${fence_context}:${fence_seqno} signaled"));
        decoders.add("drm_sched_job_add_dep", dependency("depends on"));
        decoders.add("drm_sched_job_unschedulable", dependency("depends on unsignalled"));
    }
}
