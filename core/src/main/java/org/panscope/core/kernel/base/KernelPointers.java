package org.panscope.core.kernel.base;

/// Addresses of kernel objects as `%p` prints them: hashed to 32 bits, the same for the same
/// object, never 0. ASSUMPTION: kernel.pointers: the hashes are made of the object's own numbers.
///
/// kernel: lib/vsprintf.c, ptr_to_hashval
public final class KernelPointers {
    private static final int FENCE = 0x1000_0000;
    private static final int ENTITY = 0x2000_0000;
    private static final int WORK = 0x3000_0000;
    private static final int SEQNO_BITS = 18;

    private KernelPointers() {}

    public static long fence(long context, long seqno) {
        return hash(FENCE ^ (int) (context << SEQNO_BITS) ^ (int) seqno);
    }

    /// Of a scheduler's entity.
    ///
    /// @param context of its scheduled fences
    public static long entity(long context) {
        return hash(ENTITY ^ (int) context);
    }

    static long work(int number) {
        return hash(WORK ^ number);
    }

    /// Different for different arguments (MurmurHash3's last step).
    private static long hash(int number) {
        int mixed = number;
        mixed ^= mixed >>> 16;
        mixed *= 0x85eb_ca6b;
        mixed ^= mixed >>> 13;
        mixed *= 0xc2b2_ae35;
        mixed ^= mixed >>> 16;
        return mixed == 0 ? 1 : mixed & 0xffff_ffffL;
    }
}
