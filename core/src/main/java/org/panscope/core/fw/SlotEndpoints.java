package org.panscope.core.fw;

import org.panscope.core.fw.endpoint.EndpointClaim;
import org.panscope.core.fw.endpoint.EndpointPool;
import org.panscope.trace.event.FirmwareEvent.EndpointKind;
import org.panscope.trace.event.FirmwareEvent.EndpointStep;

/// The endpoints of the machine, for a stream on a CSG slot.
final class SlotEndpoints implements Endpoints {
    private final EndpointPool pool;
    private final EndpointClaim claim;
    private final GroupInterface group;

    SlotEndpoints(EndpointPool pool, EndpointClaim claim, GroupInterface group) {
        this.pool = pool;
        this.claim = claim;
        this.group = group;
    }

    @Override
    public boolean allowed(int kinds) {
        return pool.allows(group.index(), kinds);
    }

    @Override
    public void request(int kinds) {
        claim.request(kinds);
    }

    @Override
    public boolean acquire(int kinds) {
        return group.startsJobs() && claim.acquire(kinds);
    }

    @Override
    public int start(int kinds, EndpointKind main, long pc) {
        return claim.start(kinds, main, pc);
    }

    @Override
    public void end(int kinds, long pc) {
        claim.end(kinds, pc, EndpointStep.END);
    }
}
