package org.panscope.core.capture;

import org.panscope.trace.io.EventHeader;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldRow;

/// Jobs of the GPU scheduler: `queues` > ring.
///
/// Only events at queueing and running name the ring; the others name a fence. On new kernels that
/// is the job's finished fence, whose context belongs to one entity, and an entity changes its ring
/// only while it has no jobs; so the ring last seen with a context is right. On old kernels it is
/// the fence's address, valid from `drm_sched_job` to `drm_sched_process_job`. Fences of the
/// scheduler itself carry the ring as timeline, so a job's dependencies, printed before the job is
/// queued, find it too. Completions that still have no ring, as where addresses are hidden, take
/// that of the hardware's fence ([HardwareFenceRings]).
final class JobLane implements Lane {
    private final RingNames rings = new RingNames();
    private final NumberMap ringOfContext = new NumberMap();
    private final NumberMap ringOfFence = new NumberMap();
    private final NumberMap lanes = new NumberMap();
    private final NumberMap isSchedulers = new NumberMap();
    private final HardwareFenceRings hardware = new HardwareFenceRings();

    @Override
    public TypeLane of(EventTypeInfo type) {
        return new Jobs(type);
    }

    private int lane(TrackTable tracks, int ring) {
        long known = lanes.get(ring);
        if (known == NumberMap.ABSENT) {
            int parent = tracks.root("queues", "queues");
            known =
                    ring == RingNames.MORE
                            ? parent
                            : tracks.child(parent, "ring", rings.name(ring));
            lanes.put(ring, known);
        }
        return (int) known;
    }

    private static int known(long ring) {
        return ring == NumberMap.ABSENT ? RingNames.UNKNOWN : (int) ring;
    }

    /// The events of one type.
    private final class Jobs implements TypeLane {
        private final boolean isRun;
        private final boolean isDone;
        private final boolean isProcess;
        private final boolean isOwn;
        private final TextField name;
        private final TextField timeline;
        private final NumberField context;
        private final NumberField fence;

        Jobs(EventTypeInfo type) {
            String event = type.name();
            isRun = event.equals("drm_sched_job_run") || event.equals("drm_run_job");
            isProcess = event.endsWith("_sched_process_job");
            isDone = event.equals("drm_sched_job_done") || isProcess;
            // A dependency names the fence waited for, not the job's own.
            isOwn = event.endsWith("_sched_job") || event.equals("drm_run_job");
            name = TextField.of(type, "name");
            timeline = TextField.of(type, "timeline");
            context = NumberField.of(type, "fence_context");
            fence = NumberField.of(type, "fence");
        }

        @Override
        public int track(TrackTable tracks, FieldRow row, EventHeader header) {
            int ring = ring(row);
            if (ring != RingNames.UNKNOWN && isRun) {
                hardware.run(header, ring);
            } else if (ring == RingNames.UNKNOWN && isDone) {
                ring = hardware.lastSignalledOn(header.cpu());
            }
            return lane(tracks, ring);
        }

        private int ring(FieldRow row) {
            int ring = named(row);
            if (context.isIn(row)) {
                long key = context.of(row) & 0xffff_ffffL;
                if (ring == RingNames.UNKNOWN) {
                    return known(ringOfContext.get(key));
                }
                ringOfContext.put(key, ring);
                return ring;
            }
            long address = fence.isIn(row) ? fence.of(row) : 0;
            if (address == 0) {
                return ring;
            }
            if (isProcess) {
                return known(ringOfFence.remove(address));
            }
            if (ring != RingNames.UNKNOWN && isOwn) {
                ringOfFence.put(address, ring);
            }
            return ring;
        }

        private int named(FieldRow row) {
            String ring = name.of(row);
            if (ring == null) {
                ring = timeline.of(row);
            }
            return ring == null ? RingNames.UNKNOWN : rings.of(ring);
        }
    }

    /// What the fence events of one type, which are placed elsewhere, tell of rings.
    final class Lessons {
        private final boolean isInit;
        private final boolean isSignalled;
        private final TextField driver;
        private final TextField timeline;

        Lessons(EventTypeInfo type) {
            isInit = type.name().endsWith("fence_init");
            isSignalled = type.name().endsWith("fence_signaled");
            driver = TextField.of(type, "driver");
            timeline = TextField.of(type, "timeline");
        }

        /// Takes in an event.
        ///
        /// @param context of its fence
        void learn(FieldRow row, EventHeader header, long context) {
            long isScheduler = isSchedulers.get(context);
            if (isScheduler == NumberMap.ABSENT || isInit) {
                String made = driver.of(row);
                String ring = timeline.of(row);
                if (made == null || ring == null) {
                    return;
                }
                isScheduler = made.equals("drm_sched") ? 1 : 0;
                isSchedulers.put(context, isScheduler);
                if (isScheduler != 0) {
                    ringOfContext.put(context, rings.of(ring));
                }
            }
            if (isScheduler == 0 && isInit) {
                hardware.made(header, context);
            } else if (isScheduler == 0 && isSignalled) {
                hardware.signalled(header, context);
            }
        }
    }
}
