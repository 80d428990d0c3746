package org.panscope.core.fw;

import org.panscope.core.fwif.FwBits;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Ways in which the firmware can be made to fail: it stops answering, it does not come up again,
/// or it forgets to acknowledge something. ASSUMPTION: fw.hang: a firmware that hangs looks at no
/// doorbell and reports nothing, while streams that run go on.
///
/// kernel: panthor_fw.c: panthor_fw_ping_work, panthor_fw_wait_acks notice it
public final class FirmwareFaults {
    /// The global interface, where a slot is asked for.
    public static final int GLOBAL = -1;

    private final List<Drop> drops = new ArrayList<>();
    private boolean hung;
    private boolean broken;

    /// Acknowledges that do not come.
    private static final class Drop {
        final int slot;
        final int bits;
        int left;

        Drop(int slot, int bits, int count) {
            this.slot = slot;
            this.bits = bits;
            left = count;
        }
    }

    /// From now on the firmware answers nothing.
    void hang() {
        hung = true;
    }

    /// From now on it does not come up either when it is started.
    public void breakDown() {
        broken = true;
    }

    /// Whether it answers nothing.
    public boolean isHung() {
        return hung;
    }

    /// Whether it does not come up.
    boolean isBroken() {
        return broken;
    }

    void recover() {
        hung = false;
    }

    /// Lets the next acknowledges of a request get lost.
    ///
    /// @param slot CSG slot, or [#GLOBAL]
    /// @param bits of the acknowledge word
    public void dropAcknowledges(int slot, int bits, int count) {
        drops.add(new Drop(slot, bits, count));
    }

    /// What gets lost of an acknowledge that is about to be given.
    ///
    /// @param bits that would change
    int take(int slot, int bits) {
        int lost = 0;
        Iterator<Drop> each = drops.iterator();
        while (each.hasNext()) {
            Drop drop = each.next();
            if (drop.slot == slot && (drop.bits & bits) != 0) {
                lost |= drop.bits;
                drop.left--;
                if (drop.left == 0) {
                    each.remove();
                }
            }
        }
        boolean state = slot != GLOBAL && (lost & FwBits.CSG_STATE_MASK) != 0;
        return state ? lost | FwBits.CSG_STATE_MASK : lost;
    }
}
