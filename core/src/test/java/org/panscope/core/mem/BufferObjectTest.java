package org.panscope.core.mem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class BufferObjectTest {
    private final PhysicalMemory memory = new PhysicalMemory();

    @Test
    void sizeIsRoundedUpToWholeFramesAndBytesAreZero() {
        BufferObject bo = new BufferObject(1, "ring", memory, 4097);

        assertEquals(8192, bo.sizeBytes());
        assertArrayEquals(new byte[8192], bo.read(0, 8192));
    }

    @Test
    void wordsAreLittleEndianBytes() {
        BufferObject bo = new BufferObject(1, "ring", memory, 4096);
        bo.write64(8, 0x0102030405060708L);

        assertArrayEquals(new byte[] {8, 7, 6, 5, 4, 3, 2, 1}, bo.read(8, 8));
        assertEquals(0x05060708, bo.read32(8));
        assertEquals(0x01020304, bo.read32(12));
    }

    @Test
    void bytesMayCrossFramesThatAreNotNeighbours() {
        BufferObject first = new BufferObject(1, "a", memory, 4096);
        new BufferObject(2, "between", memory, 4096);
        first.free();
        BufferObject bo = new BufferObject(3, "b", memory, 8192);
        assertNotEquals(bo.physicalAddress(0) + 4096, bo.physicalAddress(4096));
        byte[] data = {1, 2, 3, 4, 5, 6, 7, 8};

        bo.write(4092, data);

        assertArrayEquals(data, bo.read(4092, 8));
        assertEquals(0x08070605, bo.read32(4096));
    }

    @Test
    void freedFramesComeBackZeroed() {
        BufferObject first = new BufferObject(1, "a", memory, 4096);
        first.write64(0, -1);
        first.free();

        assertEquals(0, new BufferObject(2, "b", memory, 4096).read64(0));
    }

    @Test
    void accessOutsideIsABug() {
        BufferObject bo = new BufferObject(1, "ring", memory, 4096);

        assertThrows(IndexOutOfBoundsException.class, () -> bo.read32(4096));
        assertThrows(IndexOutOfBoundsException.class, () -> bo.read32(-4));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.read32(0x1000));
    }
}
