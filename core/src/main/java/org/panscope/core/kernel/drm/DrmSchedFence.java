package org.panscope.core.kernel.drm;

/// A `drm_sched_fence`: the two fences of a job, for whoever meets one of them as a dependency.
///
/// kernel: drivers/gpu/drm/scheduler/sched_fence.c
///
/// @param scheduler where the job runs
/// @param scheduled signals when `run_job` has returned
/// @param finished signals when the job is done
record DrmSchedFence(DrmScheduler scheduler, DmaFence scheduled, DmaFence finished) {}
