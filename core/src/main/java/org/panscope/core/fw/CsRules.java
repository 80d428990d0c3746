package org.panscope.core.fw;

import org.panscope.core.hw.CsParameters;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.isa.Isa;

/// The choices of [CsParameters] as one machine makes them, looked up once: the interpreter asks
/// for them with every instruction.
final class CsRules {
    /// The context of a suspended stream has room for this many saved frames.
    private static final int MOST_LEVELS = 32;

    final Isa isa;
    final int callLevels;
    final boolean drainedAtOneMoment;
    final boolean deferredInOrder;
    final int deferredCapacity;
    final int initialEndpointSlot;
    final int initialOtherSlot;
    final boolean roundsMisaligned;
    final boolean syncObjectsNaturallyAligned;
    final boolean refusesOddPairs;
    final boolean refusesReservedBits;
    final boolean ignoresReservedCodes;
    final boolean branchOutsideReturns;
    final boolean roundsCallLength;
    final boolean refusesEmptyCalls;
    final boolean jumpInRingCalls;
    final boolean allSyncConditions;
    final boolean syncClearsStatus;
    final boolean inheritIsFault;
    final boolean flushElimination;
    final boolean flushAdvancesId;
    final boolean progressWaitExceeds;
    final int protRegion;
    final long disjointCount;
    final boolean indirectUsesStreamMask;
    final long instructionNs;
    final long memoryNs;
    final long flushNs;

    /// @throws IllegalArgumentException when a value is outside its range
    CsRules(GpuParameters parameters) {
        isa = isaOf(parameters);
        callLevels = inRange(parameters, GpuParameters.CALL_DEPTH, 2, MOST_LEVELS);
        drainedAtOneMoment = parameters.isOn(CsParameters.DRAINED);
        deferredInOrder = parameters.isOn(CsParameters.DEFERRED_IN_ORDER);
        deferredCapacity =
                inRange(parameters, CsParameters.DEFERRED_CAPACITY, 1, Scoreboard.CAPACITY);
        initialEndpointSlot = inRange(parameters, CsParameters.INITIAL_ENDPOINT_SLOT, 0, 7);
        initialOtherSlot = inRange(parameters, CsParameters.INITIAL_OTHER_SLOT, 0, 7);
        roundsMisaligned = parameters.isOn(CsParameters.MISALIGNED_ACCESS);
        syncObjectsNaturallyAligned = parameters.isOn(CsParameters.SYNC_OBJECT_ALIGNMENT);
        refusesOddPairs = parameters.isOn(CsParameters.ODD_PAIR);
        refusesReservedBits = parameters.isOn(CsParameters.RESERVED_BITS);
        ignoresReservedCodes = parameters.isOn(CsParameters.RESERVED_CODE);
        branchOutsideReturns = parameters.isOn(CsParameters.BRANCH_OUTSIDE);
        roundsCallLength = parameters.isOn(CsParameters.CALL_LENGTH);
        refusesEmptyCalls = parameters.isOn(CsParameters.EMPTY_CALL);
        jumpInRingCalls = parameters.isOn(CsParameters.JUMP_IN_RING);
        allSyncConditions = parameters.isOn(CsParameters.RESERVED_SYNC_CONDITION);
        syncClearsStatus = parameters.isOn(CsParameters.SYNC_CLEARS_STATUS);
        inheritIsFault = parameters.isOn(CsParameters.INHERIT_IS_FAULT);
        flushElimination = parameters.isOn(CsParameters.FLUSH_ELIMINATION);
        flushAdvancesId = parameters.isOn(CsParameters.FLUSH_ADVANCES_ID);
        progressWaitExceeds = parameters.isOn(CsParameters.PROGRESS_WAIT_EXCEEDS);
        protRegion = inRange(parameters, CsParameters.PROT_REGION, 0, 2);
        disjointCount = parameters.get(CsParameters.DISJOINT_COUNT);
        indirectUsesStreamMask = parameters.isOn(CsParameters.INDIRECT_MASK);
        instructionNs = parameters.get(GpuParameters.INSTRUCTION_NS);
        memoryNs = parameters.get(GpuParameters.MEMORY_NS);
        flushNs = parameters.get(GpuParameters.FLUSH_NS);
    }

    /// The instruction set of a GPU: its identity names the architecture.
    ///
    /// @throws IllegalArgumentException when there is no table for it
    static Isa isaOf(GpuParameters parameters) {
        return Isa.of(parameters.architecture());
    }

    private static int inRange(GpuParameters parameters, String name, int least, int most) {
        long value = parameters.get(name);
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + "=" + value + " is not " + least + " to " + most);
        }
        return (int) value;
    }
}
