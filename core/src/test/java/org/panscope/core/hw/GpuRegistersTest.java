package org.panscope.core.hw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.core.mem.PhysicalMemory;
import org.panscope.core.sim.Actor;
import org.panscope.core.sim.Recorder;
import org.panscope.core.sim.SeededChoices;
import org.panscope.core.sim.Simulation;
import org.panscope.trace.event.FirmwareEvent.Irq;
import org.panscope.trace.event.FirmwareEvent.IrqStep;
import org.panscope.trace.event.FirmwareEvent.RegWrite;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;

import java.util.ArrayList;
import java.util.List;

class GpuRegistersTest {
    private static final int RESET_COMPLETED = 1 << 8;
    private static final int CACHES_CLEANED = 1 << 17;

    private final List<TraceEvent> events = new ArrayList<>();
    private final Simulation simulation =
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
    private Gpu gpu = new Gpu(simulation, new PhysicalMemory(), GpuParameters.defaults());
    private Registers registers = gpu.registers();
    private final Actor actor = new Actor("host", 1, "test");

    @Test
    void identityIsThatOfTheBoard() {
        assertEquals(0xa867_0005, registers.read32(Regs.GPU_ID));
        assertEquals(0x50005, registers.read64(Regs.SHADER_PRESENT));
        assertEquals(0xff, registers.read32(Regs.AS_PRESENT));
    }

    @Test
    void flushMovesTheFlushIdAndReportsCompletion() {
        int before = registers.read32(Regs.LATEST_FLUSH_ID);
        write(Regs.GPU_CMD, 4 | (0x233 << 8));
        assertEquals(before, registers.read32(Regs.LATEST_FLUSH_ID));
        run();
        assertEquals(before + 1, registers.read32(Regs.LATEST_FLUSH_ID));
        assertEquals(CACHES_CLEANED, registers.read32(Regs.GPU_INT_RAWSTAT));
        write(Regs.GPU_INT_CLEAR, CACHES_CLEANED);
        assertEquals(0, registers.read32(Regs.GPU_INT_RAWSTAT));
    }

    @Test
    void l2IsReadyAfterItsTransition() {
        write(Regs.L2_PWRON, 1);
        assertEquals(1, registers.read32(Regs.L2_PWRTRANS));
        assertEquals(0, registers.read32(Regs.L2_READY));
        run();
        assertEquals(0, registers.read32(Regs.L2_PWRTRANS));
        assertEquals(1, registers.read32(Regs.L2_READY));
        write(Regs.L2_PWROFF, 1);
        run();
        assertEquals(0, registers.read32(Regs.L2_READY));
    }

    @Test
    void statusTheDriverNeverUnmasksIsNotRecordedAsRaised() {
        write(Regs.L2_PWRON, 1);
        run();
        assertNotEquals(0, registers.read32(Regs.GPU_INT_RAWSTAT));
        assertEquals(List.of(), raised());
        write(Regs.GPU_INT_MASK, CACHES_CLEANED);
        write(Regs.GPU_CMD, 4 | (0x233 << 8));
        run();
        assertEquals(List.of((long) CACHES_CLEANED), raised());
    }

    @Test
    void interruptHeldBackByAnEmptyMaskIsRaisedAllTheSame() {
        write(Regs.GPU_INT_MASK, CACHES_CLEANED);
        write(Regs.GPU_INT_MASK, 0);
        write(Regs.GPU_CMD, 4 | (0x233 << 8));
        run();
        assertEquals(List.of((long) CACHES_CLEANED), raised());
    }

    /// The machine again, with one parameter changed.
    private void with(String parameter, long value) {
        gpu =
                new Gpu(
                        simulation,
                        new PhysicalMemory(),
                        GpuParameters.defaults().with(parameter, value));
        registers = gpu.registers();
    }

    private List<Long> raised() {
        return events.stream()
                .filter(event -> event instanceof Irq irq && irq.step() == IrqStep.RAISE)
                .map(event -> ((Irq) event).status())
                .toList();
    }

    @Test
    void maskedInterruptIsDeliveredOnceItIsUnmasked() {
        List<Integer> seen = new ArrayList<>();
        gpu.gpuInterrupt()
                .connect(() -> {
                    seen.add(registers.read32(Regs.GPU_INT_STAT));
                    registers.write32(Regs.GPU_INT_CLEAR, -1);
                });
        write(Regs.GPU_CMD, 0x101);
        run();
        assertEquals(List.of(), seen);
        write(Regs.GPU_INT_MASK, RESET_COMPLETED);
        run();
        assertEquals(List.of(RESET_COMPLETED), seen);
    }

    @Test
    void lineThatStaysUpCallsTheHandlerAgain() {
        int[] calls = {0};
        gpu.gpuInterrupt()
                .connect(() -> {
                    if (++calls[0] == 3) {
                        registers.write32(Regs.GPU_INT_MASK, 0);
                    }
                });
        write(Regs.GPU_INT_MASK, -1);
        write(Regs.GPU_CMD, 4 | (1 << 8));
        run();
        assertEquals(3, calls[0]);
    }

    @Test
    void addressSpaceShowsItsCommandForAWhile() {
        write(Regs.as(2, Regs.AS_COMMAND), Regs.AS_COMMAND_FLUSH_MEM);
        assertEquals(1, registers.read32(Regs.as(2, Regs.AS_STATUS)));
        pass(1_000);
        assertEquals(0, registers.read32(Regs.as(2, Regs.AS_STATUS)));
        assertFalse(gpu.mmu().isEnabled(2));
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                Regs.GPU_ID,
                Regs.L2_FEATURES,
                Regs.CSF_ID,
                Regs.GPU_STATUS,
                Regs.GPU_FAULT_STATUS,
                Regs.GPU_FAULT_ADDR + 4,
                Regs.GPU_FEATURES,
                Regs.CYCLE_COUNT,
                Regs.TIMESTAMP,
                Regs.THREAD_FEATURES,
                Regs.TEXTURE_FEATURES_0 + 12,
                Regs.SHADER_PRESENT,
                Regs.TILER_READY,
                Regs.L2_PWRTRANS,
                Regs.SHADER_PWRACTIVE,
                Regs.REVIDR,
                Regs.COHERENCY_FEATURES,
                Regs.MCU_STATUS,
                Regs.GPU_INT_RAWSTAT,
                Regs.JOB_INT_STAT,
                Regs.MMU_INT_STAT,
                Regs.LATEST_FLUSH_ID,
                0x2400 + Regs.AS_FAULTSTATUS,
                0x2400 + Regs.AS_FAULTADDRESS,
                0x2400 + Regs.AS_STATUS,
                0x2400 + Regs.AS_FAULTEXTRA
            })
    void readOnlyRegisterIgnoresWrites(long offset) {
        int before = registers.read32(offset);
        write(offset, ~before);
        assertEquals(before, registers.read32(offset));
        run();
        assertEquals(List.of(), events);
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                Regs.GPU_CMD,
                Regs.GPU_INT_CLEAR,
                Regs.PWR_KEY,
                Regs.SHADER_PWRON,
                Regs.L2_PWROFF,
                Regs.JOB_INT_CLEAR,
                0x2400 + Regs.AS_COMMAND
            })
    void writeOnlyRegisterReadsAsZero(long offset) {
        write(offset, 0x0f00);
        assertEquals(0, registers.read32(offset));
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                Regs.GPU_INT_MASK,
                Regs.JOB_INT_MASK,
                Regs.MMU_INT_MASK,
                Regs.L2_CONFIG,
                Regs.TIMESTAMP_OFFSET,
                Regs.TIMESTAMP_OFFSET + 4,
                Regs.ASN_HASH_0 + 8,
                Regs.COHERENCY_PROTOCOL,
                Regs.MCU_CONTROL,
                0x2440 + Regs.AS_TRANSTAB + 4,
                0x2440 + Regs.AS_MEMATTR,
                0x2440 + Regs.AS_LOCKADDR,
                0x2440 + Regs.AS_TRANSCFG
            })
    void readWriteRegisterKeepsItsValueUntilAReset(long offset) {
        write(offset, 0x1234);
        assertEquals(0x1234, registers.read32(offset));
        write(Regs.GPU_CMD, 0x201);
        run();
        int survives = offset == Regs.GPU_INT_MASK ? 0x1234 : 0;
        assertEquals(survives, registers.read32(offset));
    }

    @Test
    void offsetsWithoutARegisterReadAsZeroAndKeepNothing() {
        for (long offset : new long[] {0x038, 0x800, 0x2400 + 0x2c, 0x3000, 0x11000, 0x021}) {
            write(offset, -1);
            assertEquals(0, registers.read32(offset), Long.toHexString(offset));
        }
        assertEquals(List.of(), events);
    }

    @Test
    void everyChangeOfARegisterIsTold() {
        write(Regs.L2_CONFIG, 7);
        write(Regs.L2_CONFIG, 7);
        write(Regs.L2_PWRON, 1);
        run();
        assertEquals(
                List.of(
                        "L2_CONFIG=7",
                        "L2_PWRON=1",
                        "L2_PWRTRANS=1",
                        "L2_PWRTRANS=0",
                        "L2_READY=1"),
                told());
    }

    @Test
    void overrideNeedsTheKeyEachTime() {
        write(Regs.PWR_OVERRIDE0, 1);
        assertEquals(0, registers.read32(Regs.PWR_OVERRIDE0));
        write(Regs.PWR_KEY, RegBits.PWR_KEY_UNLOCK);
        write(Regs.PWR_OVERRIDE0, 2);
        write(Regs.PWR_OVERRIDE1, 3);
        assertEquals(2, registers.read32(Regs.PWR_OVERRIDE0));
        assertEquals(0, registers.read32(Regs.PWR_OVERRIDE1));
    }

    @Test
    void coresArePoweredOneByOneAndOnlyThoseThatArePresent() {
        write(Regs.SHADER_PWRON, 0x50001);
        assertEquals(0x50001, registers.read64(Regs.SHADER_PWRTRANS));
        run();
        assertEquals(0x50001, registers.read64(Regs.SHADER_READY));
        assertEquals(0, registers.read64(Regs.SHADER_PWRTRANS));
        write(Regs.SHADER_PWROFF, 0x10000);
        write(Regs.SHADER_PWRON, 0xff);
        run();
        assertEquals(0x40005, registers.read64(Regs.SHADER_READY));
        assertEquals(0, registers.read64(Regs.TILER_READY));
    }

    @Test
    void requestTheOtherWayTakesOverATransition() {
        write(Regs.L2_PWRON, 1);
        write(Regs.L2_PWROFF, 1);
        run();
        assertEquals(0, registers.read32(Regs.L2_READY));
        assertEquals(0, registers.read32(Regs.L2_PWRTRANS));
    }

    @Test
    void resetTakesPowerAndCancelsWhatWasUnderWay() {
        write(Regs.L2_PWRON, 1);
        run();
        write(Regs.SHADER_PWRON, 1);
        host(gpu::reset);
        run();
        assertEquals(0, registers.read32(Regs.L2_READY));
        assertEquals(0, registers.read32(Regs.SHADER_READY));
        assertTrue(told().containsAll(List.of("L2_READY=0", "SHADER_PWRTRANS=0")));
    }

    @Test
    void powerInterruptsTellOfOneChangeAndOfTheLast() {
        write(Regs.L2_PWRON, 1);
        simulation.run(5_000);
        write(Regs.TILER_PWRON, 1);
        simulation.run(12_000);
        assertEquals(RegBits.GPU_INT_POWER_CHANGED_SINGLE, registers.read32(Regs.GPU_INT_RAWSTAT));
        run();
        assertEquals(
                RegBits.GPU_INT_POWER_CHANGED_SINGLE | RegBits.GPU_INT_POWER_CHANGED_ALL,
                registers.read32(Regs.GPU_INT_RAWSTAT));
    }

    @Test
    void statusShowsWorkAndPower() {
        assertEquals(0, registers.read32(Regs.GPU_STATUS));
        write(Regs.GPU_CMD, 4 | (0x233 << 8));
        assertEquals(RegBits.GPU_STATUS_ACTIVE, registers.read32(Regs.GPU_STATUS));
        run();
        write(Regs.L2_PWRON, 1);
        assertEquals(RegBits.GPU_STATUS_POWER_ACTIVE, registers.read32(Regs.GPU_STATUS));
        host(() -> gpu.reportMmuFault(1, 0x1000, 0xc3, Access.READ));
        assertEquals(
                RegBits.GPU_STATUS_POWER_ACTIVE | RegBits.GPU_STATUS_PAGE_FAULT,
                registers.read32(Regs.GPU_STATUS));
    }

    @Test
    void onlyFullFlushesCountUnlessTheParameterSaysOtherwise() {
        write(Regs.GPU_CMD, 4 | (0x011 << 8));
        run();
        assertEquals(1, registers.read32(Regs.LATEST_FLUSH_ID));
        assertEquals(CACHES_CLEANED, registers.read32(Regs.GPU_INT_RAWSTAT));
        with(GpuParameters.FLUSH_ID_FULL_ONLY, 0);
        write(Regs.GPU_CMD, 4 | (0x011 << 8));
        run();
        assertEquals(2, registers.read32(Regs.LATEST_FLUSH_ID));
    }

    @Test
    void flushesAreDoneOneAfterTheOther() {
        write(Regs.GPU_CMD, 4 | (0x233 << 8));
        write(Regs.GPU_CMD, 4 | (0x233 << 8));
        run();
        assertEquals(3, registers.read32(Regs.LATEST_FLUSH_ID));
        assertEquals(4_000, simulation.nowNs());
    }

    @Test
    void unknownCommandDoesNothing() {
        write(Regs.GPU_CMD, 0x301);
        write(Regs.GPU_CMD, 9);
        run();
        assertEquals(0, registers.read32(Regs.GPU_INT_RAWSTAT));
    }

    @Test
    void firstGpuFaultIsKeptUntilItsInterruptIsCleared() {
        host(() -> gpu.injectGpuFault(0x80, 0x1_2345_6000L));
        host(() -> gpu.injectGpuFault(0x88, 8));
        assertEquals(0x80, registers.read32(Regs.GPU_FAULT_STATUS));
        assertEquals(0x1_2345_6000L, registers.read64(Regs.GPU_FAULT_ADDR));
        write(Regs.GPU_INT_CLEAR, RegBits.GPU_INT_FAULT);
        host(() -> gpu.injectGpuFault(0x88, 8));
        assertEquals(0x88, registers.read32(Regs.GPU_FAULT_STATUS));
    }

    @Test
    void faultRegistersSayWhatWhereAndWhoAndKeepTheFirst() {
        with(GpuParameters.FAULT_SOURCE_ID, 0x1234);
        host(() -> gpu.reportMmuFault(3, 0x12_3456_7000L, 0xc3, Access.WRITE));
        host(() -> gpu.reportMmuFault(3, 0, 0xcb, Access.READ));
        assertEquals(0x1234_03c3, registers.read32(Regs.as(3, Regs.AS_FAULTSTATUS)));
        assertEquals(0x12_3456_7000L, registers.read64(Regs.as(3, Regs.AS_FAULTADDRESS)));
        assertEquals(1 << 3, registers.read32(Regs.MMU_INT_RAWSTAT));
        write(Regs.MMU_INT_CLEAR, 1 << 3);
        host(() -> gpu.reportMmuFault(3, 0, 0xcb, Access.READ));
        assertEquals(0x1234_02cb, registers.read32(Regs.as(3, Regs.AS_FAULTSTATUS)));
    }

    @Test
    void endOfAnAddressSpaceCommandRaisesItsOperationBit() {
        write(Regs.as(2, Regs.AS_COMMAND), Regs.AS_COMMAND_UPDATE);
        assertEquals(0, registers.read32(Regs.MMU_INT_RAWSTAT));
        run();
        assertEquals(1 << 18, registers.read32(Regs.MMU_INT_RAWSTAT));
        assertEquals(0, registers.read32(Regs.MMU_INT_STAT));
    }

    @Test
    void commandWhileAnotherOneRunsIsLostUnlessTheParameterSaysOtherwise() {
        write(Regs.as(1, Regs.AS_LOCKADDR), 14);
        write(Regs.as(1, Regs.AS_COMMAND), Regs.AS_COMMAND_NOP);
        write(Regs.as(1, Regs.AS_COMMAND), Regs.AS_COMMAND_LOCK);
        assertFalse(gpu.mmu().isLocked(1, 0));
        with(GpuParameters.COMMAND_WHILE_BUSY, 1);
        write(Regs.as(1, Regs.AS_LOCKADDR), 14);
        write(Regs.as(1, Regs.AS_COMMAND), Regs.AS_COMMAND_NOP);
        write(Regs.as(1, Regs.AS_COMMAND), Regs.AS_COMMAND_LOCK);
        assertTrue(gpu.mmu().isLocked(1, 0));
    }

    @Test
    void linesCollectBitsForTheCoalescingWindow() {
        with(GpuParameters.IRQ_COALESCE_NS, 5_000);
        List<Integer> seen = new ArrayList<>();
        gpu.gpuInterrupt()
                .connect(() -> {
                    seen.add(registers.read32(Regs.GPU_INT_STAT));
                    registers.write32(Regs.GPU_INT_CLEAR, -1);
                });
        write(Regs.GPU_INT_MASK, -1);
        host(() -> gpu.injectGpuFault(0x80, 0));
        write(Regs.GPU_CMD, 4 | (0x233 << 8));
        run();
        assertEquals(List.of(CACHES_CLEANED | RegBits.GPU_INT_FAULT), seen);
    }

    @Test
    void rawStatusCanBeMadeWritable() {
        with(GpuParameters.RAWSTAT_WRITABLE, 1);
        write(Regs.JOB_INT_RAWSTAT, 5);
        assertEquals(5, registers.read32(Regs.JOB_INT_RAWSTAT));
        write(Regs.JOB_INT_CLEAR, 4);
        assertEquals(1, registers.read32(Regs.JOB_INT_RAWSTAT));
    }

    @Test
    void timestampRunsFromItsOffset() {
        host(() -> registers.write64(Regs.TIMESTAMP_OFFSET, 0x1_0000_0000L));
        assertEquals(0x1_0000_0000L, registers.read64(Regs.TIMESTAMP));
    }

    private List<String> told() {
        return events.stream()
                .filter(RegWrite.class::isInstance)
                .map(RegWrite.class::cast)
                .map(write -> write.name() + "=" + write.value())
                .toList();
    }

    @Test
    void countersRunAtTheirRates() {
        pass(1_500_000_000);
        assertEquals(36_000_000, registers.read64(Regs.TIMESTAMP));
        assertEquals(1_500_000_000, registers.read64(Regs.CYCLE_COUNT));
    }

    @Test
    void parametersAreNamedAndDescribed() {
        for (GpuParameters.Description each : GpuParameters.describe()) {
            assertFalse(each.doc().isEmpty(), each.name());
            assertEquals(each.defaultValue(), GpuParameters.defaults().get(each.name()));
            assertEquals(5, GpuParameters.defaults().with(each.name(), 5).get(each.name()));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> GpuParameters.defaults().with("gpu.no_such_thing", 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> GpuParameters.defaults().with(GpuParameters.FLUSH_NS, -1));
        assertThrows(
                IllegalArgumentException.class,
                () -> GpuParameters.defaults().with(GpuParameters.CORE_CLOCK_HZ, 0));
    }

    private void host(Runnable body) {
        simulation.as(actor, body);
    }

    private void write(long offset, int value) {
        simulation.as(actor, () -> registers.write32(offset, value));
    }

    private void pass(long ns) {
        simulation.schedule(actor, ns, Simulation.NORMAL, () -> {});
        run();
    }

    private void run() {
        simulation.run(Long.MAX_VALUE);
    }
}
