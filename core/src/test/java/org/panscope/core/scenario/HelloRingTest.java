package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.panscope.trace.event.FirmwareEvent.CsStep;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.KernelEvent.CreateStep;
import org.panscope.trace.event.KernelEvent.DbFault;
import org.panscope.trace.event.KernelEvent.DbZap;
import org.panscope.trace.event.KernelEvent.Eventfd;
import org.panscope.trace.event.KernelEvent.FaultPage;
import org.panscope.trace.event.KernelEvent.GroupCreateStep;
import org.panscope.trace.event.KernelEvent.IoctlEnter;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.KernelEvent.KickBranch;
import org.panscope.trace.event.KernelEvent.MappingKind;
import org.panscope.trace.event.KernelEvent.Mmap;
import org.panscope.trace.event.KernelEvent.ZapCause;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.CsProg;
import org.panscope.trace.event.SchedEvent.CsStatus;
import org.panscope.trace.event.SchedEvent.FwEvent;
import org.panscope.trace.event.SchedEvent.GroupList;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.SchedEvent.GroupState;
import org.panscope.trace.event.SchedEvent.GroupStateName;
import org.panscope.trace.event.SchedEvent.Pm;
import org.panscope.trace.event.SchedEvent.PmOwner;
import org.panscope.trace.event.SchedEvent.PmStep;
import org.panscope.trace.event.SchedEvent.SchedWork;
import org.panscope.trace.event.SchedEvent.Tick;
import org.panscope.trace.event.SchedEvent.TickPhase;
import org.panscope.trace.event.SchedEvent.WorkStep;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.SyncEvent.SyncWriter;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.LoadedWord;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.UserEvent.Ringer;
import org.panscope.trace.event.UserEvent.UserLoad;
import org.panscope.trace.event.UserEvent.Writer;
import org.panscope.trace.event.XgsEvent.XgsQueue;
import org.panscope.trace.event.XgsEvent.XgsQueueStep;
import org.panscope.trace.event.XgsEvent.XgsRecheck;

import java.util.Objects;

/// The golden sequences of the happy path of user submission, event by event.
class HelloRingTest {
    private static final long BATCH_BYTES = 128;

    private final EventLog log = Runs.sample("hello-ring.json");
    private final EventOrder order = new EventOrder(log);

    @Test
    void bothBatchesTakeTheirGoldenPath() {
        setUp();
        firstBatch();
        secondBatch();
        assertEquals(1, log.of(Kick.class).size(), "only the first batch kicks");
        suspend();
    }

    /// The driver as posted looks at every slot once more when it suspends, so the eventfd is
    /// raised although no sync object changed.
    private void suspend() {
        long begin = order.then("suspend", Pm.class, e -> e.step() == PmStep.SUSPEND_BEGIN);
        long raised =
                log.entries().stream()
                        .limit(begin)
                        .filter(e -> e.event() instanceof Eventfd)
                        .count();
        assertEquals(4, raised, "two signals, two reads");
        order.then(
                "E13 ACTIVE -> SUSPENDED",
                GroupState.class,
                e -> e.newState() == GroupStateName.SUSPENDED);
        order.then("raised once more", Eventfd.class, e -> e.after() == 1);
    }

    private void setUp() {
        for (CreateStep step :
                new CreateStep[] {
                    CreateStep.ALLOC, CreateStep.PUBLISHED, CreateStep.HANDLE_SET, CreateStep.LINKED
                }) {
            order.then("E2 " + step, GroupCreateStep.class, e -> e.step() == step);
        }
        for (MappingKind kind :
                new MappingKind[] {MappingKind.RING, MappingKind.USER_IO, MappingKind.DOORBELL}) {
            order.then("E5 " + kind, Mmap.class, e -> e.kind() == kind && e.ret() == 0);
        }
        order.then(
                "E24 create",
                XgsQueue.class,
                e -> e.step() == XgsQueueStep.CREATE && Boolean.TRUE.equals(e.hasEventfd()));
    }

    private void firstBatch() {
        order.then(
                "E8",
                RingWrite.class,
                e -> e.by() == Writer.USER && e.at() == 0 && e.length() == BATCH_BYTES);
        order.then(
                "E9 0 -> 128",
                InsertWrite.class,
                e -> e.by() == Writer.USER && is(e.oldInsert(), 0) && e.newInsert() == 128);
        order.then(
                "user reads ACTIVE = 0",
                UserLoad.class,
                e -> e.word() == LoadedWord.ACTIVE && e.value() == 0);
        order.then(
                "E11 schedule, was idle",
                Kick.class,
                e -> e.branch() == KickBranch.SCHEDULE && Boolean.TRUE.equals(e.wasIdle()));
        moved("E12 idle -> runnable", GroupListName.IDLE, GroupListName.RUNNABLE);
        work("E31 tick accepted", "tick", WorkStep.QUEUED);
        order.then("E17 begin", Tick.class, e -> e.phase() == TickPhase.BEGIN);
        order.then(
                "E17 pick",
                Tick.class,
                e -> e.phase() == TickPhase.PICK && e.fromList() == GroupListName.RUNNABLE);
        order.then("E14 bind slot 0", Bind.class, e -> e.slot() == 0 && e.result() == 0);
        order.then("E7 zap(bind)", DbZap.class, e -> e.cause() == ZapCause.BIND);
        order.then(
                "E15", CsProg.class, e -> e.insert() == 128 && e.extractInit() == 0 && !e.warned());
        order.then(
                "E13 CREATED -> ACTIVE",
                GroupState.class,
                e ->
                        e.oldState() == GroupStateName.CREATED
                                && e.newState() == GroupStateName.ACTIVE);
        order.then("E12 -> none", GroupList.class, e -> e.to() == GroupListName.NONE);
        order.then(
                "E18 get", Pm.class, e -> e.step() == PmStep.GET && e.owner() == PmOwner.SCHEDULER);
        step("E20 start", CsStep.START);
        order.then("E20 active 1", FwCs.class, e -> Boolean.TRUE.equals(e.active()));
        step("E20 fetch", CsStep.FETCH);
        syncObject(0);
        interruptToEventfd();
        queueRunsDry(128);
    }

    private void secondBatch() {
        order.then("E8", RingWrite.class, e -> e.by() == Writer.USER && e.at() == BATCH_BYTES);
        long insert =
                order.then(
                        "E9 128 -> 256",
                        InsertWrite.class,
                        e ->
                                e.by() == Writer.USER
                                        && is(e.oldInsert(), 128)
                                        && e.newInsert() == 256);
        order.then(
                "E6 fault -> real page of slot 0",
                DbFault.class,
                e -> e.page() == FaultPage.REAL && e.doorbellId() == 1);
        order.then(
                "E10 doorbell 1, meant and met",
                DbRing.class,
                e ->
                        e.by() == Ringer.USER_PAGE
                                && is(e.doorbellId(), 1)
                                && e.targetGid() != null
                                && Objects.equals(e.targetGid(), e.intendedGid()));
        long fetch = step("E20 fetch", CsStep.FETCH);
        order.never("no ioctl on the way", IoctlEnter.class, insert, fetch);
        syncObject(1);
        interruptToEventfd();
        order.then(
                "the wait for S ends",
                UserLoad.class,
                e -> e.word() == LoadedWord.SYNC_OBJECT && e.value() == 2);
    }

    /// E21, then what tells the application.
    private void syncObject(long before) {
        order.then(
                "E21 S " + before + " -> " + (before + 1),
                SyncMem.class,
                e ->
                        e.writer() == SyncWriter.GPU
                                && is(e.oldValue(), before)
                                && e.newValue() == before + 1);
    }

    private void interruptToEventfd() {
        order.then("E19 sync_update", FwEvent.class, FwEvent::syncUpdate);
        order.then("E27", XgsRecheck.class, _ -> true);
        order.then("E23 0 -> 1", Eventfd.class, e -> e.before() == 0 && e.after() == 1);
        work("E31 sync_upd", "sync_upd", WorkStep.QUEUED);
    }

    private void queueRunsDry(long extract) {
        order.then("E20 empty, active 0", FwCs.class, e -> e.step() == CsStep.EMPTY);
        order.then("E19 idle", FwEvent.class, FwEvent::idle);
        order.then("E17 tick", Tick.class, e -> e.phase() == TickPhase.BEGIN);
        order.then(
                "E16 idle",
                CsStatus.class,
                e ->
                        Boolean.TRUE.equals(e.idle())
                                && Boolean.FALSE.equals(e.blocked())
                                && e.insert() == extract
                                && e.extract() == extract);
        order.then(
                "E18 put", Pm.class, e -> e.step() == PmStep.PUT && e.owner() == PmOwner.SCHEDULER);
    }

    private void moved(String what, GroupListName from, GroupListName to) {
        order.then(what, GroupList.class, e -> e.from() == from && e.to() == to);
    }

    private void work(String what, String work, WorkStep step) {
        order.then(what, SchedWork.class, e -> e.work().equals(work) && e.step() == step);
    }

    private long step(String what, CsStep step) {
        return order.then(what, FwCs.class, e -> e.step() == step);
    }

    private static boolean is(@Nullable Number number, long value) {
        return number != null && number.longValue() == value;
    }
}
