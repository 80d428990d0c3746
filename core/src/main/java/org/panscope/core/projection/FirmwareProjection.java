package org.panscope.core.projection;

import org.panscope.core.fw.CommandStream;
import org.panscope.core.fw.Mcu;
import org.panscope.core.fw.ProjectionSink;
import org.panscope.core.kernel.fwhost.FirmwareHost;
import org.panscope.core.kernel.fwhost.FwBlock;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;

/// What the firmware's streams have seen and published, and the words driver and firmware talk
/// through.
final class FirmwareProjection implements LiveView {
    private final FirmwareHost host;
    private final Mcu firmware;

    FirmwareProjection(FirmwareHost host, Mcu firmware) {
        this.host = host;
        this.firmware = firmware;
    }

    @Override
    public void project(Projection into) {
        firmware.project(
                new ProjectionSink() {
                    @Override
                    public void word(String block, String name, long value) {
                        into.object(new ObjectId("iface", block)).is(Belief.FIRMWARE, name, value);
                    }

                    @Override
                    public void stream(int csg, int cs, CommandStream stream) {
                        into.object(new ObjectId("cs", csg + "." + cs))
                                .is(Belief.FIRMWARE, "insert", stream.insertSeen())
                                .is(Belief.FIRMWARE, "extract", stream.extract())
                                .isOrUnset(Belief.FIRMWARE, "active", stream.isActive(), false)
                                .is(Belief.FIRMWARE, "pc", stream.pcTold());
                    }
                });
        for (int csg = 0; csg < host.csgCount(); csg++) {
            requests(into, host.csg(csg));
            for (int cs = 0; cs < host.csCount(); cs++) {
                requests(into, host.cs(csg, cs));
            }
        }
    }

    /// A request word nobody changed yet is 0.
    private static void requests(Projection into, FwBlock block) {
        into.object(new ObjectId("iface", block.name()))
                .isOrUnset(Belief.KERNEL, "req", block.req() & 0xffff_ffffL, 0L);
    }
}
