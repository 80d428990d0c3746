package org.panscope.core.projection;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fw.CommandStream;
import org.panscope.core.fw.Mcu;
import org.panscope.core.fw.ProjectionSink;
import org.panscope.core.fw.endpoint.EndpointClaim;
import org.panscope.core.kernel.fwhost.FirmwareHost;
import org.panscope.core.kernel.fwhost.FwBlock;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FirmwareEvent.EndpointKind;
import org.panscope.trace.event.FirmwareEvent.HeapStep;

import java.util.Locale;

/// What the firmware's streams have seen and published, the words driver and firmware talk through,
/// and the GPU's registers.
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
                    public void register(String name, long value) {
                        into.object(new ObjectId("device", "gpu"))
                                .is(Belief.FIRMWARE, "reg_" + name.toLowerCase(Locale.ROOT), value);
                    }

                    @Override
                    public void heap(
                            @Nullable Integer vmId,
                            long contextVa,
                            HeapStep step,
                            int vtStart,
                            int vtEnd,
                            int fragEnd,
                            @Nullable Long chunk) {
                        into.object(ObjectId.heap(vmId, contextVa))
                                .is(Belief.FIRMWARE, "last_step", step)
                                .is(Belief.FIRMWARE, "vt_start", vtStart)
                                .is(Belief.FIRMWARE, "vt_end", vtEnd)
                                .is(Belief.FIRMWARE, "frag_end", fragEnd)
                                .is(Belief.FIRMWARE, "chunk", chunk);
                    }

                    @Override
                    public void stream(int csg, int cs, CommandStream stream) {
                        Projection.Claims claims = into.object(new ObjectId("cs", csg + "." + cs));
                        claims.is(Belief.FIRMWARE, "insert", stream.insertSeen())
                                .is(Belief.FIRMWARE, "extract", stream.extract())
                                .isOrUnset(Belief.FIRMWARE, "active", stream.isActive(), false)
                                .is(Belief.FIRMWARE, "pc", stream.pcTold());
                        for (EndpointKind kind : EndpointKind.values()) {
                            endpoints(claims, stream.endpoints(), kind);
                        }
                    }
                });
        for (int csg = 0; csg < host.csgCount(); csg++) {
            requests(into, host.csg(csg));
            for (int cs = 0; cs < host.csCount(); cs++) {
                requests(into, host.cs(csg, cs));
            }
        }
    }

    private static void endpoints(
            Projection.Claims claims, EndpointClaim endpoints, EndpointKind kind) {
        String name = kind.label();
        boolean isGranted = endpoints.cores(kind) != 0;
        boolean runs = endpoints.jobs(kind) != 0;
        String standing = isGranted ? "granted" : "requested";
        claims.is(Belief.FIRMWARE, name, endpoints.isClaimed(kind) ? standing : null)
                .is(Belief.FIRMWARE, name + "_cores", isGranted ? endpoints.cores(kind) : null)
                .is(Belief.FIRMWARE, name + "_jobs", runs ? endpoints.jobs(kind) : null)
                .is(Belief.FIRMWARE, name + "_job", runs ? endpoints.jobPc(kind) : null);
    }

    /// A request word nobody changed yet is 0.
    private static void requests(Projection into, FwBlock block) {
        into.object(new ObjectId("iface", block.name()))
                .isOrUnset(Belief.KERNEL, "req", block.req() & 0xffff_ffffL, 0L);
    }
}
