package org.panscope.trace.event;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventType;
import org.panscope.trace.schema.Field;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Unit;

/// What panthor's group scheduler does: lists, ticks, slots, work items, power, resets, jobs.
public sealed interface SchedEvent extends TraceEvent {

    /// A list a group's `run_node` or `wait_node` can be on.
    enum GroupListName implements Labelled {
        NONE,
        IDLE,
        RUNNABLE,
        TICK_OLD,
        TICK_NEW,
        STOPPED,
        WAITING
    }

    /// Which node of the group moved.
    enum ListNode implements Labelled {
        RUN_NODE,
        WAIT_NODE
    }

    /// Kernel view of a group.
    enum GroupStateName implements Labelled {
        CREATED,
        ACTIVE,
        SUSPENDED,
        TERMINATED,
        UNKNOWN;

        @Override
        public String label() {
            return name();
        }
    }

    /// Phases of a tick.
    enum TickPhase implements Labelled {
        BEGIN,
        PICK,
        EVICT,
        START,
        END
    }

    /// Steps of power management.
    enum PmStep implements Labelled {
        GET,
        PUT,
        GET_IF_IN_USE,
        RESUME_BEGIN,
        RESUME_END,
        SUSPEND_BEGIN,
        SUSPEND_END,
        AUTOSUSPEND_ARMED,
        SUSPEND_ABORTED,
        RESUME_FAILED
    }

    /// Who asks for power.
    enum PmOwner implements Labelled {
        SCHEDULER,
        TICK,
        RUN_JOB,
        IOCTL,
        AUTOSUSPEND,
        RESET
    }

    /// What becomes of the memory of an address space's user-submit groups.
    enum EvictionStep implements Labelled {
        ARMED,
        WANTED,
        WAIT_FENCE,
        SUSPENDING,
        SUSPENDED,
        ENDED
    }

    /// Life of one queueing of a work item.
    enum WorkStep implements Labelled {
        QUEUED,
        REFUSED,
        ALREADY_QUEUED,
        BEGIN,
        END,
        CANCELLED
    }

    /// Parts of a reset. `dropped`: the device was not up when the work ran, so nothing was reset.
    /// `cancelled`: somebody resumed the device instead. `unplugged`: the firmware did not boot any
    /// more, the device is given up.
    enum ResetStep implements Labelled {
        SCHEDULED,
        PRE_BEGIN,
        PRE_END,
        POST_BEGIN,
        POST_END,
        FW_PRE,
        MMU_PRE,
        SOFT_RESET,
        L2_ON,
        MMU_POST,
        FW_POST,
        PENDING_CLEARED,
        DROPPED,
        CANCELLED,
        UNPLUGGED
    }

    /// Life of a drm_sched job.
    enum JobStep implements Labelled {
        CREATED,
        ARMED,
        PUSHED,
        DEP_ADDED,
        DEP_WAIT,
        RUN,
        WRITTEN,
        DONE,
        FREED
    }

    /// What a queue's timeout timer does.
    enum TimerStep implements Labelled {
        ARM,
        SUSPEND,
        STOP,
        FIRE
    }

    @EventType(
            id = 0x0301,
            layer = Layer.KERNEL,
            doc = "A group moved between the scheduler's lists.",
            source = "panthor_sched.c: every list_move of run_node and wait_node")
    record GroupList(
            @Field(Unit.ID) long gid,
            @Field(Unit.NONE) ListNode node,
            @Field(Unit.NONE) GroupListName from,
            @Field(Unit.NONE) GroupListName to,
            @Field(Unit.INDEX) int priority,
            @Field(value = Unit.INDEX, doc = "slot, or -1") int csgId,
            @Field(value = Unit.NONE, doc = "function that moved it") String site,
            @Field(value = Unit.INDEX, doc = "its place on the list it came to, 0 is the head")
                    @Nullable Integer position,
            @Field(
                            value = Unit.NONE,
                            doc =
                                    "true when it was added without being taken off the list it"
                                            + " was on, which corrupts that list")
                    @Nullable Boolean doubleLinked,
            @Field(
                            value = Unit.NONE,
                            doc =
                                    "lists that the move left other than it says, as a walk from"
                                        + " their heads finds them: `idle_1=group:2 >tick_new_1;"
                                        + " ...`, where > is what the walk strays to; absent while"
                                        + " every list is sound")
                    @Nullable String walks)
            implements SchedEvent {

        /// A move that left every list sound.
        public GroupList(
                long gid,
                ListNode node,
                GroupListName from,
                GroupListName to,
                int priority,
                int csgId,
                String site,
                @Nullable Integer position,
                @Nullable Boolean doubleLinked) {
            this(gid, node, from, to, priority, csgId, site, position, doubleLinked, null);
        }

        /// A move of which nobody saw where on the list it went.
        public GroupList(
                long gid,
                ListNode node,
                GroupListName from,
                GroupListName to,
                int priority,
                int csgId,
                String site) {
            this(gid, node, from, to, priority, csgId, site, null, null, null);
        }
    }

    @EventType(
            id = 0x0302,
            layer = Layer.KERNEL,
            doc = "The kernel's view of a group's state changed.",
            source = "panthor_sched.c: csg_slot_sync_state_locked")
    record GroupState(
            @Field(Unit.ID) long gid,
            @Field(Unit.NONE) GroupStateName oldState,
            @Field(Unit.NONE) GroupStateName newState,
            @Field(value = Unit.INDEX, doc = "STATE bits the firmware acknowledged")
                    @Nullable Integer fwState)
            implements SchedEvent {}

    @EventType(
            id = 0x0303,
            layer = Layer.KERNEL,
            doc = "A group was given a CSG slot.",
            source = "panthor_sched.c: group_bind_locked")
    record Bind(
            @Field(Unit.ID) long gid,
            @Field(Unit.INDEX) int slot,
            @Field(value = Unit.INDEX, doc = "MMU address space of its VM") int as,
            @Field(value = Unit.INDEX, doc = "doorbell its queues use") int doorbellId,
            @Field(Unit.ERRNO) int result)
            implements SchedEvent {}

    @EventType(
            id = 0x0304,
            layer = Layer.KERNEL,
            doc = "A group lost its CSG slot.",
            source = "panthor_sched.c: group_unbind_locked")
    record Unbind(
            @Field(Unit.ID) long gid,
            @Field(Unit.INDEX) int slot,
            @Field(Unit.NONE) GroupStateName state,
            @Field(Unit.ERRNO) int result)
            implements SchedEvent {}

    @EventType(
            id = 0x0305,
            layer = Layer.KERNEL,
            doc = "The kernel programmed a command stream interface for a queue.",
            source = "panthor_sched.c: cs_slot_prog_locked")
    record CsProg(
            @Field(Unit.ID) long gid,
            @Field(Unit.INDEX) int queue,
            @Field(Unit.INDEX) int slot,
            @Field(Unit.BYTES) long insert,
            @Field(value = Unit.BYTES, doc = "start value of extract handed to the firmware")
                    long extractInit,
            @Field(value = Unit.NONE, doc = "insert was below extract, the kernel warned")
                    boolean warned)
            implements SchedEvent {}

    @EventType(
            id = 0x0306,
            layer = Layer.KERNEL,
            doc = "The kernel sampled what the firmware says about a queue.",
            source = "panthor_sched.c: cs_slot_sync_queue_state_locked")
    record CsStatus(
            @Field(Unit.ID) long gid,
            @Field(Unit.INDEX) int queue,
            @Field(value = Unit.INDEX, doc = "CS_STATUS_BLOCKED_REASON")
                    @Nullable Integer blockedReason,
            @Field(Unit.BYTES) long insert,
            @Field(Unit.BYTES) long extract,
            @Field(Unit.HEX) @Nullable Long scoreboards,
            @Field(value = Unit.GPU_VA, doc = "sync object waited for") @Nullable Long waitVa,
            @Field(Unit.COUNT) @Nullable Long waitRef,
            @Field(value = Unit.NONE, doc = "true GT, false LE") @Nullable Boolean waitGt,
            @Field(Unit.NONE) @Nullable Boolean wait64,
            @Field(value = Unit.NONE, doc = "resulting idle bit") @Nullable Boolean idle,
            @Field(value = Unit.NONE, doc = "resulting blocked bit") @Nullable Boolean blocked)
            implements SchedEvent {}

    @EventType(
            id = 0x0307,
            layer = Layer.KERNEL,
            doc = "The scheduler's tick did something.",
            source = "panthor_sched.c: tick_work")
    record Tick(
            @Field(Unit.NONE) TickPhase phase,
            @Field(
                            value = Unit.NONE,
                            doc = "full tick, as opposed to one that only lets RT preempt")
                    boolean full,
            @Field(Unit.ID) @Nullable Long gid,
            @Field(Unit.NONE) @Nullable GroupListName fromList,
            @Field(value = Unit.COUNT, doc = "groups picked so far") int groupCount,
            @Field(value = Unit.COUNT, doc = "of these, idle") int idleCount,
            @Field(value = Unit.NS, doc = "when the next full tick is due; absent = never")
                    @Nullable Long reschedTargetNs,
            @Field(
                            value = Unit.NONE,
                            doc =
                                    "in phase `pick`: whether the tick held a reference on the"
                                            + " group already; if not, it took one")
                    @Nullable Boolean owned)
            implements SchedEvent {

        /// Anything but a pick.
        public Tick(
                TickPhase phase,
                boolean full,
                @Nullable Long gid,
                @Nullable GroupListName fromList,
                int groupCount,
                int idleCount,
                @Nullable Long reschedTargetNs) {
            this(phase, full, gid, fromList, groupCount, idleCount, reschedTargetNs, null);
        }
    }

    @EventType(
            id = 0x0308,
            layer = Layer.KERNEL,
            doc = "A reference on, or a transition of, the device's power happened.",
            source =
                    "panthor_device.c: panthor_device_suspend and _resume; panthor_sched.c:"
                            + " pm.has_ref")
    record Pm(
            @Field(Unit.NONE) PmStep step,
            @Field(Unit.NONE) PmOwner owner,
            @Field(value = Unit.COUNT, doc = "runtime PM usage count after") int usage,
            @Field(Unit.COUNT) int groupsOnSlot,
            @Field(value = Unit.COUNT, doc = "groups on slot with insert unlike extract")
                    int groupsWithWork)
            implements SchedEvent {}

    @EventType(
            id = 0x0309,
            layer = Layer.KERNEL,
            doc = "The kernel took notice of firmware events on a CSG slot.",
            source = "panthor_sched.c: sched_process_csg_irq_locked")
    record FwEvent(
            @Field(value = Unit.INDEX, doc = "slot, or -1 for the global interface") int slot,
            @Field(Unit.ID) @Nullable Long gid,
            @Field(Unit.NONE) boolean syncUpdate,
            @Field(Unit.NONE) boolean idle,
            @Field(Unit.NONE) boolean progressTimer,
            @Field(value = Unit.HEX, doc = "CS interfaces with an interrupt pending") long csIrq)
            implements SchedEvent {}

    @EventType(
            id = 0x030a,
            layer = Layer.KERNEL,
            doc = "A work item was queued, refused, run or cancelled.",
            source = "panthor_sched.c: sched_queue_work; kernel/workqueue.c")
    record SchedWork(
            @Field(
                            value = Unit.NONE,
                            doc = "function of the work item: tick, sync_upd, fw_events, ...")
                    String work,
            @Field(value = Unit.NONE, doc = "workqueue it runs on") String workqueue,
            @Field(Unit.NONE) WorkStep step,
            @Field(value = Unit.NS, doc = "delay asked for") @Nullable Long delayNs,
            @Field(Unit.NONE) @Nullable String reason,
            @Field(value = Unit.ID, doc = "group, for works of one group") @Nullable Long gid)
            implements SchedEvent {}

    @EventType(
            id = 0x030b,
            layer = Layer.KERNEL,
            doc = "A GPU reset made progress.",
            source = "panthor_device.c: panthor_device_reset_work")
    record Reset(
            @Field(Unit.NONE) ResetStep step,
            @Field(value = Unit.COUNT, doc = "groups whose queues stand still for the reset")
                    int groupsStopped,
            @Field(value = Unit.NONE, doc = "reset.pending after this step")
                    @Nullable Boolean pending,
            @Field(value = Unit.NONE, doc = "reset.in_progress after this step")
                    @Nullable Boolean inProgress,
            @Field(value = Unit.COUNT, doc = "groups set going again so far")
                    @Nullable Integer groupsStarted,
            @Field(value = Unit.NONE, doc = "why it was scheduled, or what failed")
                    @Nullable String reason)
            implements SchedEvent {}

    @EventType(
            id = 0x030c,
            layer = Layer.KERNEL,
            doc = "The masks a group's idleness is decided by changed.",
            source = "panthor_sched.c: group->idle_queues, blocked_queues, fatal_queues")
    record GroupMasks(
            @Field(Unit.ID) long gid,
            @Field(Unit.HEX) long idle,
            @Field(Unit.HEX) long blocked,
            @Field(Unit.HEX) long fatal,
            @Field(Unit.NONE) boolean timedOut,
            @Field(
                            value = Unit.NONE,
                            doc = "it was fit to run until its suspension failed during a reset")
                    @Nullable Boolean innocent)
            implements SchedEvent {

        /// Masks of a group that is nobody's victim.
        public GroupMasks(long gid, long idle, long blocked, long fatal, boolean timedOut) {
            this(gid, idle, blocked, fatal, timedOut, null);
        }
    }

    @EventType(
            id = 0x030d,
            layer = Layer.KERNEL,
            doc = "A job took a step from the ioctl to its end.",
            source =
                    "drivers/gpu/drm/scheduler/sched_main.c, sched_entity.c; panthor_sched.c:"
                            + " queue_run_job")
    record Job(
            @Field(value = Unit.ID, doc = "identity of the job, never reused") long job,
            @Field(Unit.ID) long gid,
            @Field(Unit.INDEX) int queue,
            @Field(Unit.NONE) JobStep step,
            @Field(value = Unit.GPU_VA, doc = "stream called, from step `created` on")
                    @Nullable Long streamVa,
            @Field(Unit.BYTES) @Nullable Long streamSize,
            @Field(value = Unit.BYTES, doc = "first ring byte, from step `written` on")
                    @Nullable Long ringStart,
            @Field(Unit.BYTES) @Nullable Long ringEnd,
            @Field(value = Unit.COUNT, doc = "credits the job costs") @Nullable Integer credits,
            @Field(value = Unit.NONE, doc = "finished fence, as an object id, from step `armed` on")
                    @Nullable String finished,
            @Field(value = Unit.NONE, doc = "done fence or dependency this step is about")
                    @Nullable String fence,
            @Field(Unit.ERRNO) int error)
            implements SchedEvent {}

    @EventType(
            id = 0x030e,
            layer = Layer.KERNEL,
            doc = "A queue's timeout timer was armed, suspended, stopped or fired.",
            source =
                    "drm_sched: drm_sched_start_timeout, drm_sched_suspend_timeout;"
                            + " panthor_sched.c: queue_timedout_job")
    record QueueTimer(
            @Field(Unit.ID) long gid,
            @Field(Unit.INDEX) int queue,
            @Field(Unit.NONE) TimerStep step,
            @Field(value = Unit.NS, doc = "time left when it runs or was suspended")
                    @Nullable Long remainingNs)
            implements SchedEvent {}

    @EventType(
            id = 0x030f,
            layer = Layer.KERNEL,
            doc =
                    "With mode.eviction_fences: the user-submit groups of an address space got an"
                            + " eviction fence, or their memory is wanted and they leave their"
                            + " slots.",
            source =
                    "amdgpu_eviction_fence.c: amdgpu_eviction_fence_suspend_worker; amdgpu_userq.c:"
                            + " amdgpu_userq_restore_worker; proposed for panthor in reply to the"
                            + " series")
    record Eviction(
            @Field(Unit.ID) int vmId,
            @Field(Unit.NONE) EvictionStep step,
            @Field(
                            value = Unit.NONE,
                            doc = "eviction fence, or submission fence waited for, as an object id")
                    @Nullable String fence)
            implements SchedEvent {}

    @EventType(
            id = 0x0320,
            layer = Layer.KERNEL,
            doc = "A reference of a group was taken or given back.",
            source = "panthor_sched.c: group_get, group_put")
    record GroupRef(
            @Field(Unit.ID) long gid,
            @Field(value = Unit.COUNT, doc = "references after") int refs,
            @Field(value = Unit.NONE, doc = "function that did it") String site)
            implements SchedEvent {}
}
