package org.panscope.core.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.trace.event.FenceEvent.Syncobj;
import org.panscope.trace.event.FenceEvent.SyncobjStep;
import org.panscope.trace.event.KernelEvent.CreateStep;
import org.panscope.trace.event.KernelEvent.GroupCreateStep;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.KernelEvent.QueueCreated;
import org.panscope.trace.event.KernelEvent.SyncUpdate;
import org.panscope.trace.event.MarkEvent.Mark;
import org.panscope.trace.event.MemoryEvent.VmMap;
import org.panscope.trace.event.MemoryEvent.VmUnmap;
import org.panscope.trace.event.SchedEvent.Job;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.DoorbellPage;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.LoadedWord;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.UserEvent.Ringer;
import org.panscope.trace.event.UserEvent.UserLoad;
import org.panscope.trace.event.UserEvent.UserWaitBegin;
import org.panscope.trace.event.UserEvent.UserWaitEnd;
import org.panscope.trace.event.UserEvent.WaitKind;
import org.panscope.trace.event.UserEvent.Writer;
import org.panscope.trace.event.XgsEvent.XgsFormat;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsJobStep;
import org.panscope.trace.event.XgsEvent.XgsOp;
import org.panscope.trace.event.XgsEvent.XgsOpKind;
import org.panscope.trace.event.XgsEvent.XgsQueue;
import org.panscope.trace.event.XgsEvent.XgsQueueStep;
import org.panscope.trace.io.Event;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class Psm1TranslatorTest {
    private static final long GID = 147_000_001L;
    private static final int VM = (1 << 22) + 147;

    private final Psm1Translator translator = new Psm1Translator(new Psm1Processes());

    private static Event marker(int pid, String text) {
        return CapturedTrace.of(
                        "     umd-client1-%d     [001] ...1.    17.702886: print: 0xff: psm1 %s"
                                .formatted(pid, text))
                .events()
                .getFirst();
    }

    private List<TraceEvent> translate(String marker) {
        return translator.translate(marker(147, marker));
    }

    @Test
    void ringWritesCarryTheirBytesWhereTheMarkerDoes() {
        assertEquals(
                List.of(new RingWrite(GID, 1, 64, 16, null, Writer.USER)),
                translate("rbw g=1 q=1 at=64 n=16 crc=7806812c"));
        RingWrite bytes =
                assertInstanceOf(
                        RingWrite.class, translate("rbd g=1 q=1 at=64 d=0108ff").getFirst());
        assertArrayEquals(new byte[] {1, 8, -1}, bytes.data());
        assertEquals(3, bytes.length());
        assertEquals(List.of(), translate("rbd g=1 q=1 at=64 d=010"));
    }

    @Test
    void insertAndDoorbell() {
        assertEquals(
                List.of(new InsertWrite(GID, 1, null, 80, Writer.USER)),
                translate("ins g=1 q=1 v=80"));
        assertEquals(
                List.of(new DbRing(null, DoorbellPage.UNKNOWN, Ringer.USER_PAGE, null, GID, 1)),
                translate("db g=1 q=1"));
        assertEquals(
                List.of(new DbRing(4, DoorbellPage.UNKNOWN, Ringer.USER_PAGE, null, GID, 1)),
                translate("db g=1 q=1 slot=3"));
    }

    @Test
    void samplesAreLoads() {
        assertEquals(
                List.of(
                        new UserLoad(LoadedWord.INSERT, GID, 3, null, 700),
                        new UserLoad(LoadedWord.EXTRACT, GID, 3, null, 688),
                        new UserLoad(LoadedWord.ACTIVE, GID, 3, null, 0)),
                translate("smp g=1 q=3 ins=700 ext=688 act=0"));
        assertEquals(2, translate("smp g=1 q=3 ins=700 ext=688").size());
        assertEquals(
                List.of(new UserLoad(LoadedWord.SYNC_OBJECT, null, null, 0x7f0000001000L, 5)),
                translate("sv a=0x7f0000001000 v=5"));
    }

    @Test
    void syncobjsUpdatesWakeUpsAndNotes() {
        assertEquals(
                List.of(new Syncobj(SyncobjStep.SIGNAL, 147, 10, 2L, null, null)),
                translate("so h=10 op=signal pt=2"));
        assertEquals(
                List.of(new UserWaitBegin(WaitKind.SYNCOBJ, "syncobj:147.10", null)),
                translate("so h=10 op=wait pt=2"));
        assertEquals(
                List.of(new UserWaitEnd(WaitKind.SYNCOBJ, "syncobj:147.10", null, null)),
                translate("so h=10 op=waitend pt=2"));
        assertEquals(List.of(), translate("so h=10 op=query v=2"));
        assertEquals(List.of(new SyncUpdate(147, null, null, null)), translate("upd"));
        assertEquals(
                List.of(new UserWaitEnd(WaitKind.EVENTFD, "group:" + GID, null, 0)),
                translate("evt src=sync g=1"));
        assertEquals(List.of(new Mark("frame 3")), translate("note frame 3"));
    }

    @Test
    void xgsQueuesAndJobsHaveLastingIdentities() {
        assertEquals(
                List.of(
                        new XgsQueue(
                                XgsQueueStep.CREATE, 147_000_002L, 2, 147, null, true, 0, 0, null)),
                translate("xq xq=2 op=create ev=1"));
        assertEquals(
                List.of(
                        new XgsJob(
                                147_000_002L,
                                147_000_002_000_009L,
                                XgsJobStep.CREATED,
                                3,
                                null,
                                0,
                                null,
                                null,
                                null,
                                null)),
                translate("xgs xq=2 id=9 n=3 pre=1"));
    }

    @Test
    void groupsAndQueuesAreThereWithoutWhatOnlyTheKernelKnows() {
        assertEquals(
                List.of(
                        new GroupCreateStep(
                                GID, 1, CreateStep.RETURNED, 147, VM, null, 1, 4, null)),
                translate("grp g=1 nq=4 vm=1 prio=1 cmask=0xf"));
        assertEquals(
                List.of(
                        new GroupCreateStep(
                                GID, 1, CreateStep.RETURNED, 147, null, null, null, 4, null)),
                translate("grp g=1 nq=4"));
        assertEquals(
                List.of(
                        new QueueCreated(
                                GID,
                                0,
                                8,
                                0x7fff01000000L,
                                0x10000,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                0x200L)),
                translate("que g=1 q=0 rb=0x7fff01000000 sz=0x10000 mode=user db=0x200 prio=8"));
        assertEquals(
                List.of(new Kick(GID, 1, 5, null, null, null, null)),
                translate("kick g=1 mask=0x5"));
    }

    @Test
    void submissionsOfTheKernelPathNameTheirStreamOnlyByAnAddress() {
        Job byAddress =
                assertInstanceOf(Job.class, translate("sub g=1 q=2 at=0x7000 n=72").getFirst());
        assertEquals(0x7000L, byAddress.streamVa());
        assertEquals(72L, byAddress.streamSize());
        assertEquals(null, byAddress.credits());
        Job byOffset = assertInstanceOf(Job.class, translate("sub g=1 q=2 at=64 n=72").getFirst());
        assertEquals(null, byOffset.streamVa());
    }

    @Test
    void mappingsNeedAnAddressSpace() {
        assertEquals(List.of(), translate("map va=0x1000 n=0x2000 op=map bo=3"));
        assertEquals(
                List.of(new VmMap(VM, 0x1000, 0x2000, null, null, null)),
                translate("map va=0x1000 n=0x2000 op=map bo=3 vm=1"));
        assertEquals(
                List.of(new VmUnmap(VM, 0x1000, 0x2000)),
                translate("map va=0x1000 n=0x2000 op=unmap vm=1"));
        assertEquals(List.of(), translate("map va=0x1000 n=0x2000 op=map vm=64"));
    }

    @Test
    void theOnlyAddressSpaceOfAClientIsMeantWhereNoneIsNamed() {
        String head = "     umd-147     [001] ...1.    17.702886: print: 0xff: psm1 ";
        CapturedTrace one =
                CapturedTrace.of(
                        head + "grp g=1 nq=1 vm=1",
                        head + "que g=1 q=0 rb=0x1000 sz=0x1000 mode=user",
                        head + "sv a=0x4000 v=5");
        Psm1Translator ofOne = Psm1Translator.of(one.trace());
        assertEquals(
                List.of(new UserLoad(LoadedWord.SYNC_OBJECT, null, null, 0x4000L, 5, VM)),
                ofOne.translate(one.events().getLast()));
        assertEquals(
                List.of(
                        new GroupCreateStep(
                                GID, 1, CreateStep.RETURNED, 147, VM, true, null, 1, null)),
                ofOne.translate(one.events().getFirst()));
        CapturedTrace two =
                CapturedTrace.of(
                        head + "grp g=1 nq=1 vm=1",
                        head + "xq xq=1 op=create vm=2",
                        head + "que g=1 q=0 rb=0x1000 sz=0x1000 mode=user",
                        head + "que g=1 q=1 rb=0x2000 sz=0x1000 mode=kernel",
                        head + "sv a=0x4000 v=5");
        Psm1Translator ofTwo = Psm1Translator.of(two.trace());
        assertEquals(
                List.of(new UserLoad(LoadedWord.SYNC_OBJECT, null, null, 0x4000L, 5, null)),
                ofTwo.translate(two.events().getLast()));
        assertEquals(
                List.of(
                        new GroupCreateStep(
                                GID, 1, CreateStep.RETURNED, 147, VM, null, null, 1, null)),
                ofTwo.translate(two.events().getFirst()));
    }

    @Test
    void partsOfAnXgsSubmitBelongToItsJob() {
        assertEquals(
                List.of(
                        new XgsOp(
                                147_000_002_000_009L,
                                1,
                                XgsOpKind.WAIT_GT,
                                XgsFormat.U32,
                                0x1000,
                                4,
                                null,
                                null,
                                null,
                                null,
                                null)),
                translate("xop xq=2 id=9 i=1 op=wait_gt a=0x1000 v=4 fmt=u32"));
        assertEquals(
                List.of(
                        new Syncobj(
                                SyncobjStep.WAIT_DEP, 147, 10, null, null, 147_000_002_000_009L)),
                translate("xsy xq=2 id=9 op=wait so=10"));
        assertEquals(
                List.of(
                        new Syncobj(
                                SyncobjStep.ADD_POINT, 147, 10, 3L, null, 147_000_002_000_009L)),
                translate("xsy xq=2 id=9 op=signal so=10 pt=3"));
        assertEquals(
                List.of(
                        new XgsQueue(
                                XgsQueueStep.DESTROY,
                                147_000_002L,
                                2,
                                147,
                                null,
                                null,
                                null,
                                null,
                                null)),
                translate("xq xq=2 op=destroy"));
    }

    @Test
    void whatDoesNotSayEnoughIsNotMadeUp() {
        for (String marker :
                List.of(
                        "hdr umd=x drv=panthor pid=147",
                        "xgs g=1 q=2 op=wait so=10 pt=3 id=5",
                        "xq xq=2 op=rename",
                        "xop xq=2 id=9 i=0 op=wait_gt a=0x1000 fmt=u32",
                        "xop xq=2 id=1000000 i=0 op=wait_gt a=0x1000 v=4",
                        "xsy xq=2 id=9 op=look so=10",
                        "kick g=1",
                        "que g=1 q=0 rb=0x7fff01000000 mode=user",
                        "end pid=147",
                        "later g=1 q=1",
                        "ins g=1 q=1",
                        "ins g=1 q=1 v=none",
                        "ins g=1000 q=1 v=1",
                        "ins g=1 q=0x100000000 v=1")) {
            assertEquals(List.of(), translate(marker), marker);
        }
    }

    @Test
    void handlesOfDifferentFilesAndProcessesAreDifferentGroups() {
        Event here = marker(147, "db g=1 q=0");
        Event otherFile = marker(147, "db g=1 q=0 f=2");
        Event otherProcess = marker(148, "db g=1 q=0");

        assertEquals(GID, translator.gid(here));
        assertEquals(147_002_001L, translator.gid(otherFile));
        assertEquals(148_000_001L, translator.gid(otherProcess));
        assertNotEquals(translator.fileId(here), translator.fileId(otherFile));
    }

    @Test
    void threadsOfOneClientMeanTheSameGroup() {
        Psm1Processes processes = new Psm1Processes();
        processes.learn(147, null, "umd", "hdr", 140L);
        Psm1Translator shared = new Psm1Translator(processes);

        assertEquals(140_000_001L, shared.gid(marker(147, "db g=1 q=0")));
        assertEquals(140_000_001L, shared.gid(marker(152, "db g=1 q=0")));
        processes.learn(160, null, "umd", "hdr", 160L);
        assertEquals(152_000_001L, shared.gid(marker(152, "db g=1 q=0")));
    }

    @Test
    void theSampleTellsOfRingsInsertsAndDoorbells() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Event event : CapturedTrace.sample().events()) {
            for (TraceEvent record : translator.translate(event)) {
                counts.merge(record.getClass().getSimpleName(), 1, Integer::sum);
                assertTrue(event.type().name().equals("print"));
            }
        }

        assertEquals(
                Map.of(
                        "DbRing", 24,
                        "GroupCreateStep", 2,
                        "InsertWrite", 24,
                        "Job", 24,
                        "QueueCreated", 8,
                        "RingWrite", 54,
                        "Syncobj", 12,
                        "UserLoad", 60),
                counts);
    }
}
