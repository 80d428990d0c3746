package org.panscope.core.kernel.ioctl;

import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.ObjArray;
import org.panscope.core.uapi.UserMemory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// An array a caller points to with a `drm_panthor_obj_array`, copied in element by element: what a
/// short element lacks is zero, what a long one has beyond the kernel's size must be zero.
///
/// kernel: panthor_drv.c, panthor_get_uobj_array, panthor_set_uobj
final class UserArray {
    /// ASSUMPTION: kernel.largest_array: allocations beyond this fail with -ENOMEM; the kernel has
    /// its own limits.
    private static final long MAX_BYTES = 64L << 20;

    private final UserMemory memory;
    private final int strideBytes;
    private final int elementBytes;
    private final long va;
    private final int errno;
    private final List<ByteBuffer> elements = new ArrayList<>();

    /// @param args struct that holds the description
    /// @param at where in it
    /// @param elementBytes size of an element the kernel knows
    /// @param minimumBytes smallest stride accepted
    UserArray(UserMemory memory, ByteBuffer args, int at, int elementBytes, int minimumBytes) {
        this.memory = memory;
        this.elementBytes = elementBytes;
        strideBytes = args.getInt(at + ObjArray.STRIDE);
        va = args.getLong(at + ObjArray.ARRAY);
        errno = read(args.getInt(at + ObjArray.COUNT) & 0xffff_ffffL, minimumBytes);
    }

    /// 0 or why it could not be copied in.
    int errno() {
        return errno;
    }

    List<ByteBuffer> elements() {
        return elements;
    }

    /// Copies the elements back, as much of each as the caller has room for.
    ///
    /// @return 0 or -EFAULT
    int writeBack() {
        int bytes = Math.min(strideBytes, elementBytes);
        for (int i = 0; i < elements.size(); i++) {
            byte[] out = new byte[bytes];
            elements.get(i).get(0, out);
            if (!memory.write(va + (long) i * strideBytes, out)) {
                return Errno.EFAULT;
            }
        }
        return 0;
    }

    private int read(long count, int minimumBytes) {
        if (count == 0) {
            return 0;
        }
        if (Integer.compareUnsigned(strideBytes, minimumBytes) < 0) {
            return Errno.EINVAL;
        }
        if (count * elementBytes > MAX_BYTES || strideBytes < 0) {
            return Errno.ENOMEM;
        }
        for (long i = 0; i < count; i++) {
            byte[] in = memory.read(va + i * strideBytes, strideBytes);
            if (in == null) {
                return Errno.EFAULT;
            }
            ByteBuffer element = ByteBuffer.allocate(elementBytes).order(ByteOrder.LITTLE_ENDIAN);
            element.put(0, in, 0, Math.min(strideBytes, elementBytes));
            for (int extra = elementBytes; extra < strideBytes; extra++) {
                if (in[extra] != 0) {
                    return Errno.E2BIG;
                }
            }
            elements.add(element);
        }
        return 0;
    }
}
