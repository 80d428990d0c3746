package org.panscope.core.kernel.sched;

import org.jspecify.annotations.Nullable;
import org.panscope.core.hw.Registers;
import org.panscope.core.hw.Regs;
import org.panscope.core.isa.Isa;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.RuntimePm;
import org.panscope.core.kernel.base.WorkItem;
import org.panscope.core.kernel.base.Workqueue;
import org.panscope.core.kernel.fwhost.FirmwareHost;
import org.panscope.core.kernel.heap.HeapPools;
import org.panscope.core.kernel.mmu.AddressSpaces;
import org.panscope.core.sim.SimLock;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.SchedEvent.PmOwner;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.DoorbellPage;
import org.panscope.trace.event.UserEvent.Ringer;

import java.util.ArrayList;
import java.util.List;

/// The driver's `panthor_scheduler`: its lock, lists, slots and work items, and the ways to wake
/// it. What the work items do stands in [TickWork], [FwEventsWork] and [SyncUpdWork].
///
/// kernel: panthor_sched.c (v6.11, with the RFC's additions)
public final class Scheduler {
    /// `resched_target` while no tick is due.
    public static final long NEVER = Long.MAX_VALUE;

    private static final int MAX_SLOTS = 16;
    private static final int ARCHITECTURE_SHIFT = 28;

    private final KernelContext kernel;
    private final Registers registers;
    private final FirmwareHost firmware;
    private final AddressSpaces addressSpaces;
    private final RuntimePm pm;
    private final HeapPools heaps;
    private final SchedulerHooks hooks;
    private final SimLock lock;
    private final SimLock resetLock;
    private final GroupLists lists;
    private final List<CsgSlot> slots = new ArrayList<>();
    private final Workqueue workqueue;
    private final Workqueue heapAllocQueue;
    private final Workqueue cleanupQueue;
    private final WorkItem tick;
    private final WorkItem syncUpd;
    private final WorkItem fwEvents;
    private final SlotManager slotManager;
    private final SchedPolicy policy;
    private final Profiling profiling;
    private final UserQueueEvictions evictions;
    private long lastTickNs;
    private long reschedTargetNs = NEVER;
    private int usedSlotCount;
    private boolean mightHaveIdleGroups;
    private boolean pmHasRef;
    private int fwEventBits;
    private int architecture;

    public Scheduler(
            KernelContext kernel,
            Registers registers,
            FirmwareHost firmware,
            AddressSpaces addressSpaces,
            RuntimePm pm,
            HeapPools heaps,
            SchedulerHooks hooks) {
        this.kernel = kernel;
        this.registers = registers;
        this.firmware = firmware;
        this.addressSpaces = addressSpaces;
        this.pm = pm;
        this.heaps = heaps;
        this.hooks = hooks;
        lock = new SimLock(kernel.sim(), "sched");
        resetLock = new SimLock(kernel.sim(), "reset");
        lists = new GroupLists(kernel);
        workqueue = new Workqueue(kernel, "panthor-csf-sched", Workqueue.UNBOUND);
        heapAllocQueue = new Workqueue(kernel, "panthor-heap-alloc", Workqueue.UNBOUND);
        cleanupQueue = kernel.cleanupQueue();
        policy = kernel.driver().isMainline2026() ? new Policy2026(this) : new Policy2024(this);
        profiling = new Profiling(kernel);
        evictions = new UserQueueEvictions(this);
        slotManager = new SlotManager(this);
        tick = workqueue.item("tick", null, new TickWork(this)::run);
        syncUpd = workqueue.item("sync_upd", null, new SyncUpdWork(this)::run);
        fwEvents = workqueue.item("fw_events", null, new FwEventsWork(this)::run);
    }

    /// The firmware has said how many groups it has.
    public void createSlots() {
        int count = Math.min(MAX_SLOTS, firmware.csgCount());
        for (int i = slots.size(); i < count; i++) {
            slots.add(new CsgSlot(i));
        }
        architecture = registers.read32(Regs.GPU_ID) >>> ARCHITECTURE_SHIFT;
    }

    /// Instruction set of the GPU that was found.
    Isa isa() {
        return Isa.of(architecture);
    }

    public KernelContext kernel() {
        return kernel;
    }

    public FirmwareHost firmware() {
        return firmware;
    }

    public AddressSpaces addressSpaces() {
        return addressSpaces;
    }

    public RuntimePm pm() {
        return pm;
    }

    public HeapPools heaps() {
        return heaps;
    }

    public SchedulerHooks hooks() {
        return hooks;
    }

    public SimLock lock() {
        return lock;
    }

    public SimLock resetLock() {
        return resetLock;
    }

    public GroupLists lists() {
        return lists;
    }

    public List<CsgSlot> slots() {
        return slots;
    }

    public SlotManager slotManager() {
        return slotManager;
    }

    /// `panthor-csf-sched`.
    public Workqueue workqueue() {
        return workqueue;
    }

    /// `panthor-heap-alloc`: its items may wait for memory.
    Workqueue heapAllocQueue() {
        return heapAllocQueue;
    }

    public Workqueue cleanupQueue() {
        return cleanupQueue;
    }

    public Workqueue resetQueue() {
        return kernel.reset().queue();
    }

    /// Where versions of the driver decide differently.
    SchedPolicy policy() {
        return policy;
    }

    /// The device attribute `profiling`.
    public Profiling profiling() {
        return profiling;
    }

    /// Memory of user-submit groups that can be taken away.
    public UserQueueEvictions evictions() {
        return evictions;
    }

    /// Whether another design than the posted one keeps a group off the slots: V10 without a job,
    /// V14 while its memory is wanted.
    boolean mayBePicked(Group group) {
        boolean needsJob = kernel.driver().modes().jobPerSubmit() && group.isUserSubmit();
        boolean hasJob = group.queues().stream().anyMatch(queue -> !queue.inFlight().isEmpty());
        return (!needsJob || hasJob) && evictions.mayRun(group);
    }

    public boolean pmHasRef() {
        return pmHasRef;
    }

    public long reschedTargetNs() {
        return reschedTargetNs;
    }

    public long lastTickNs() {
        return lastTickNs;
    }

    public int usedSlotCount() {
        return usedSlotCount;
    }

    public boolean mightHaveIdleGroups() {
        return mightHaveIdleGroups;
    }

    void setMightHaveIdleGroups(boolean might) {
        mightHaveIdleGroups = might;
    }

    void tickApplied(int usedSlots, boolean idlePicked) {
        usedSlotCount = usedSlots;
        mightHaveIdleGroups = idlePicked;
    }

    void tickDone(long atNs, long nextNs) {
        lastTickNs = atNs;
        reschedTargetNs = nextNs;
    }

    void setReschedTarget(long targetNs) {
        reschedTargetNs = targetNs;
    }

    // ---- waking the scheduler

    /// `sched_queue_delayed_work(sched, tick, delay)`.
    void queueTick(long delayNs) {
        if (!isRefused(tick)) {
            tick.modDelayed(delayNs);
        }
    }

    /// `cancel_delayed_work(&sched->tick_work)`.
    void cancelTick() {
        tick.cancel();
    }

    /// Whether a tick is due, now or later.
    boolean isTickPending() {
        return tick.isPending();
    }

    /// `sched_queue_work(sched, sync_upd)`.
    ///
    /// @return whether it was not pending already, and not refused
    public boolean queueSyncUpd() {
        return !isRefused(syncUpd) && syncUpd.queue();
    }

    /// `panthor_sched_report_fw_events`: from the job interrupt.
    public void reportFwEvents(int bits) {
        fwEventBits |= bits;
        if (!isRefused(fwEvents)) {
            fwEvents.queue();
        }
    }

    /// The works are not queued while a reset is pending or goes on. As posted a reset can begin
    /// between this look and the queueing (R2).
    private boolean isRefused(WorkItem work) {
        if (kernel.reset().isInProgress() || kernel.reset().isPending()) {
            work.refused(kernel.reset().isInProgress() ? "reset in progress" : "reset pending");
            return true;
        }
        if (!kernel.driver().fixes().resetListLock()) {
            kernel.window("kernel.sched_queue_work");
        }
        return false;
    }

    /// Neither works nor can be queued until the reset is over, as far as [#isRefused] holds.
    void cancelWorks() {
        syncUpd.cancelSync();
        tick.cancelSync();
    }

    /// `panthor_sched_unplug`.
    public void unplug() {
        tick.cancelSync();
        lock.lock();
        dropPower();
        lock.unlock();
    }

    /// `panthor_sched_report_mmu_fault`.
    public void reportMmuFault() {
        queueTick(0);
    }

    int takeFwEvents() {
        int bits = fwEventBits;
        fwEventBits = 0;
        return bits;
    }

    /// `group_is_idle`.
    public boolean isIdle(Group group) {
        return policy.isIdle(group);
    }

    /// `group_schedule_locked`: some queues of a group off slot have work.
    void schedule(Group group, int queueMask) {
        if (!group.canRun() || (queueMask & group.blockedQueues()) == queueMask) {
            return;
        }
        boolean wasIdle = isIdle(group);
        group.setIdleAndBlocked(group.idleQueues() & ~queueMask, group.blockedQueues());
        if (kernel.reset().isInProgress()) {
            return;
        }
        evictions.wanted(group);
        if (wasIdle && !isIdle(group)) {
            lists.move(group, GroupListName.RUNNABLE, "group_schedule_locked");
        }
        wake(group);
    }

    private void wake(Group group) {
        if (group.priority() == GroupLists.PRIORITIES - 1 || mightHaveIdleGroups) {
            queueTick(0);
        } else if (reschedTargetNs != NEVER) {
            if (usedSlotCount < slots.size()) {
                queueTick(0);
            }
        } else {
            resumeTick();
        }
    }

    /// `sched_resume_tick`.
    void resumeTick() {
        long nowNs = kernel.sim().nowNs();
        reschedTargetNs = lastTickNs + kernel.timings().tickPeriodNs();
        boolean full = usedSlotCount == slots.size();
        policy.queueResumedTick(full && nowNs < reschedTargetNs ? reschedTargetNs - nowNs : 0);
    }

    // ---- doorbells and power

    /// Rings the doorbell of a queue on slot.
    void ringDoorbell(Group group, Queue queue, Ringer by) {
        long cause = kernel.sim().current().cause();
        int id = queue.doorbellId();
        Group target = doorbellTarget(id);
        kernel.sim()
                .follow(
                        group.queueTrack(queue.index()),
                        new DbRing(
                                id,
                                DoorbellPage.REAL,
                                by,
                                target == null ? null : (Long) target.gid(),
                                group.gid(),
                                queue.index()));
        registers.write32(Regs.doorbell(id), 1);
        kernel.sim().current().setCause(cause);
    }

    /// Group bound to the slot of a doorbell.
    public @Nullable Group doorbellTarget(int doorbellId) {
        int slot = doorbellId - 1;
        return slot < 0 || slot >= slots.size() ? null : slots.get(slot).group();
    }

    /// Takes the one reference that is kept while groups on slot have work.
    void holdPower() {
        if (!pmHasRef) {
            pmHasRef = true;
            pm.get(PmOwner.SCHEDULER);
        }
    }

    void dropPower() {
        if (pmHasRef) {
            pmHasRef = false;
            pm.put(PmOwner.SCHEDULER);
        }
    }

    /// Groups on a slot.
    public int groupsOnSlot() {
        return (int) slots.stream().filter(slot -> slot.group() != null).count();
    }

    /// Groups on a slot with INSERT unlike EXTRACT.
    public int groupsWithWork() {
        int count = 0;
        for (CsgSlot slot : slots) {
            Group group = slot.group();
            if (group != null && group.queues().stream().anyMatch(q -> q.insert() != q.extract())) {
                count++;
            }
        }
        return count;
    }

    int slotTrack(int slot) {
        return TrackNames.slot(kernel.sim(), slot);
    }

    /// `panthor_sched_resume`: a tick looks at everything again.
    public void resume() {
        queueTick(0);
    }
}
