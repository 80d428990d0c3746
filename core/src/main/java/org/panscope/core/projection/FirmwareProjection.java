package org.panscope.core.projection;

import org.panscope.core.fw.CommandStream;
import org.panscope.core.fw.GroupInterface;
import org.panscope.core.fw.Mcu;
import org.panscope.core.kernel.fwhost.FwBlock;
import org.panscope.core.kernel.sched.Scheduler;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;

/// What the firmware's streams have seen and published, and the words of its interfaces.
final class FirmwareProjection implements LiveView {
    private final Scheduler scheduler;
    private final Mcu firmware;

    FirmwareProjection(Scheduler scheduler, Mcu firmware) {
        this.scheduler = scheduler;
        this.firmware = firmware;
    }

    @Override
    public void project(Projection into) {
        for (GroupInterface group : firmware.groups()) {
            for (CommandStream stream : group.streams()) {
                if (stream.isRunning()) {
                    into.object(new ObjectId("cs", group.index() + "." + stream.index()))
                            .is(Belief.FIRMWARE, "insert", stream.insertSeen())
                            .is(Belief.FIRMWARE, "extract", stream.extract());
                }
            }
        }
        for (int csg = 0; csg < scheduler.firmware().csgCount(); csg++) {
            block(into, scheduler.firmware().csg(csg));
            for (int cs = 0; cs < scheduler.firmware().csCount(); cs++) {
                block(into, scheduler.firmware().cs(csg, cs));
            }
        }
    }

    /// A request or acknowledge nobody changed yet is 0.
    private static void block(Projection into, FwBlock block) {
        into.object(new ObjectId("iface", block.name()))
                .isOrUnset(Belief.KERNEL, "req", block.req() & 0xffff_ffffL, 0L)
                .isOrUnset(Belief.FIRMWARE, "ack", block.ack() & 0xffff_ffffL, 0L);
    }
}
