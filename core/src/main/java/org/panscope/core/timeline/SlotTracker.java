package org.panscope.core.timeline;

import org.panscope.trace.io.EventCursor;

/// One CSG slot while the trace is read: the group on it and what the slot does with the group, as
/// far as request and acknowledge words, the idle report and the steps of its streams tell.
final class SlotTracker {
    /// CSG_REQ.STATE and CSG_ACK.STATE (`panthor_fw.h`).
    private static final int STATE_MASK = 0x7;

    private static final int IDLE_BIT = 1 << 29;
    private static final String[] REQUESTS = {"terminating", "starting", "suspending", "resuming"};
    private static final String[] STATES = {"terminated", "active", "suspended", "active"};

    private final Build build;
    private final int slot;
    private final RowBuilder row;
    private boolean saidByFirmware;
    private boolean idle;
    private long blockedStreams;

    SlotTracker(Build build, int slot) {
        this.build = build;
        this.slot = slot;
        this.row = build.objects().slot(slot);
    }

    RowBuilder row() {
        return row;
    }

    void bound(EventCursor event) {
        saidByFirmware = false;
        idle = false;
        blockedStreams = 0;
        row.state(event, build.objects().groupNameOn(slot), Style.IDENTITY);
    }

    void unbound() {
        row.noState();
    }

    void requested(EventCursor event, long before, long after) {
        int state = (int) after & STATE_MASK;
        if (state != (before & STATE_MASK)) {
            show(event, name(REQUESTS, state), Style.IDENTITY_WAITING);
        }
    }

    void acknowledged(EventCursor event, long before, long after) {
        int state = (int) after & STATE_MASK;
        if (state != (before & STATE_MASK)) {
            String name = name(STATES, state);
            idle = false;
            show(event, name, name.equals("active") ? Style.IDENTITY : Style.IDENTITY_IDLE);
        }
        if (((before ^ after) & IDLE_BIT) != 0) {
            idle = true;
            show(event, "idle", Style.IDENTITY_IDLE);
        }
    }

    /// The kernel's word for the group's state, shown while the firmware has said nothing.
    void kernelState(EventCursor event, String name, boolean runs) {
        if (!saidByFirmware && row.hasState()) {
            text(event, name, runs ? Style.IDENTITY : Style.IDENTITY_IDLE);
        }
    }

    /// A stream did something; a group with a stream that goes on is not idle any more.
    void streamStep(EventCursor event, int cs, String step) {
        long bit = 1L << cs;
        switch (step) {
            case "block" -> blockedStreams |= bit;
            case "unblock", "start", "resume", "stop", "suspend" -> blockedStreams &= ~bit;
            default -> {
                // The other steps leave a blocked stream blocked.
            }
        }
        boolean goesOn =
                step.equals("unblock") || (step.equals("fetch") && (blockedStreams & bit) == 0);
        if (idle && goesOn) {
            idle = false;
            show(event, "active", Style.IDENTITY);
        }
    }

    private void show(EventCursor event, String state, Style style) {
        saidByFirmware = true;
        if (row.hasState()) {
            text(event, state, style);
        }
    }

    private void text(EventCursor event, String state, Style style) {
        row.state(event, build.objects().groupNameOn(slot) + Style.SEPARATOR + state, style);
    }

    private static String name(String[] names, int state) {
        return state < names.length ? names[state] : "state " + state;
    }
}
