package org.panscope.core.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.sim.Actor;
import org.panscope.core.sim.Recorder;
import org.panscope.core.sim.SeededChoices;
import org.panscope.core.sim.Simulation;
import org.panscope.core.uapi.EventFd;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.io.EventHeader;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The protocol between an application and the firmware, seen from the application.
class UserSubmitQueueTest {
    private static final long RING = 0x10000;
    private static final long IO = 0x20000;
    private static final long DOORBELL = 0x30000;
    private static final int RING_BYTES = 4096;
    private static final int EXTRACT = 4096;
    private static final int ACTIVE = 4104;

    private final List<TraceEvent> events = new ArrayList<>();
    private final BareDevice device = new BareDevice();
    private final Simulation sim =
            new Simulation(
                    new SeededChoices(1),
                    new Recorder() {
                        @Override
                        public int track(int parent, String kind, String name) {
                            return 0;
                        }

                        @Override
                        public long record(EventHeader header, TraceEvent event) {
                            events.add(event);
                            return events.size() - 1L;
                        }
                    });
    private final UserProcess process =
            new UserProcess(sim, device, new NoIdentities(), ClientTimings.DEFAULT, "app", 1000);

    /// Lets a mapped queue do something in a thread of the process.
    private void inThread(Consumer<UserSubmitQueue> body) {
        process.start(
                0,
                () -> {
                    UserGroup group =
                            new UserGroup(
                                    1,
                                    7,
                                    true,
                                    List.of(new UserGroup.Offsets(RING_BYTES, RING, IO, DOORBELL)));
                    UserSubmitQueue queue = new UserSubmitQueue(process.open(), group, 0);
                    queue.mapRing();
                    queue.mapIo();
                    queue.mapDoorbell();
                    body.accept(queue);
                });
        sim.run(Long.MAX_VALUE);
        sim.close();
    }

    private void setExtract(long extract) {
        device.at(IO).bytes().putLong(EXTRACT, extract);
    }

    private void setActive() {
        device.at(IO).bytes().putInt(ACTIVE, 1);
    }

    @Test
    void ringIsStoredBeforeInsertAndInsertBeforeTheDoorbell() {
        inThread(queue -> {
            setActive();
            queue.submit(new byte[64], Notify.ACTIVE);
        });
        assertEquals(List.of(RING + "+0", IO + "+0", DOORBELL + "+0"), device.calls());
    }

    @Test
    void clientKicksWhenTheQueueIsNotActive() {
        inThread(queue -> queue.submit(new byte[64], Notify.ACTIVE));
        assertEquals(List.of(RING + "+0", IO + "+0", "GROUP_KICK"), device.calls());
    }

    @Test
    void ringThatNobodyAnswersIsFollowedByAKick() {
        inThread(queue -> queue.submit(new byte[64], Notify.RING));
        assertEquals(
                List.of(RING + "+0", IO + "+0", DOORBELL + "+0", "GROUP_KICK"), device.calls());
    }

    @Test
    void ringThatWasConsumedAtOnceNeedsNoKick() {
        inThread(queue -> {
            sim.schedule(
                    new Actor("fw", -1, "fw"), 1_500, Simulation.HARDWARE, () -> setExtract(64));
            queue.submit(new byte[64], Notify.RING);
        });
        assertEquals(List.of(RING + "+0", IO + "+0", DOORBELL + "+0"), device.calls());
    }

    @Test
    void writeThatWrapsIsSplitAtTheEndOfTheRing() {
        byte[] first = new byte[RING_BYTES - 64];
        byte[] second = new byte[192];
        for (int i = 0; i < second.length; i++) {
            second[i] = (byte) (i + 1);
        }
        inThread(queue -> {
            queue.submit(first, Notify.NONE);
            setExtract(first.length);
            queue.submit(second, Notify.NONE);
        });
        List<RingWrite> writes =
                events.stream()
                        .filter(RingWrite.class::isInstance)
                        .map(RingWrite.class::cast)
                        .toList();
        assertEquals(3, writes.size());
        assertEquals(RING_BYTES - 64, writes.get(1).at());
        assertEquals(64, writes.get(1).length());
        assertEquals(RING_BYTES, writes.get(2).at());
        assertEquals(128, writes.get(2).length());
        byte[] ring = device.at(RING).bytes().array();
        assertEquals(1, ring[RING_BYTES - 64]);
        assertEquals(64, ring[RING_BYTES - 1]);
        assertEquals(65, ring[0]);
        assertEquals(192, ring[127] & 0xff);
        InsertWrite last = (InsertWrite) events.getLast();
        assertEquals(RING_BYTES + 128L, last.newInsert());
    }

    @Test
    void clientWaitsUntilTheFirmwareMadeRoom() {
        long madeRoomNs = 1_000_000;
        List<Long> writtenNs = new ArrayList<>();
        inThread(queue -> {
            queue.submit(new byte[RING_BYTES], Notify.NONE);
            sim.schedule(
                    new Actor("fw", -1, "fw"),
                    madeRoomNs,
                    Simulation.HARDWARE,
                    () -> setExtract(64));
            queue.submit(new byte[64], Notify.NONE);
            writtenNs.add(sim.nowNs());
        });
        assertTrue(writtenNs.getFirst() > madeRoomNs, writtenNs.toString());
        assertEquals(RING_BYTES + 64L, ((InsertWrite) events.getLast()).newInsert());
    }

    /// Nobody knows any identities.
    private static final class NoIdentities implements Identities {
        @Override
        public long group(int fileId, int handle) {
            return UNKNOWN;
        }

        @Override
        public long bufferObject(int fileId, int handle) {
            return UNKNOWN;
        }

        @Override
        public long vm(int fileId, int handle) {
            return UNKNOWN;
        }

        @Override
        public long eventfd(EventFd eventfd) {
            return UNKNOWN;
        }
    }
}
