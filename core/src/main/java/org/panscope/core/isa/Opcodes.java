package org.panscope.core.isa;

/// Opcodes of all architectures, bits 63:56 of an instruction word. Which of them an architecture
/// has, its [Isa] says; a number may mean something else in a later one.
///
/// Mesa: src/panfrost/genxml/v10.xml to v13.xml, enum CS Opcode
public final class Opcodes {
    public static final int NOP = 0;
    public static final int MOVE48 = 1;
    public static final int MOVE32 = 2;
    public static final int WAIT = 3;
    public static final int RUN_COMPUTE = 4;
    public static final int RUN_TILING = 5;
    public static final int RUN_IDVS = 6;
    public static final int RUN_FRAGMENT = 7;
    public static final int RUN_FULLSCREEN = 8;
    public static final int FINISH_TILING = 9;
    public static final int FINISH_FRAGMENT = 11;

    /// v12 on, in place of RUN_IDVS.
    public static final int RUN_IDVS2 = 12;

    public static final int ADD_IMMEDIATE32 = 16;
    public static final int ADD_IMMEDIATE64 = 17;
    public static final int COMPARE_SELECT32 = 18;

    /// v13: ADD_IMMEDIATE32 with sub-opcodes.
    public static final int ARITH_IMM32 = 16;

    /// v13: ADD_IMMEDIATE64 with sub-opcodes.
    public static final int ARITH_IMM64 = 17;

    /// v13: COMPARE_SELECT32 with sub-opcodes.
    public static final int ARITH_REG32 = 18;

    /// v11 on.
    public static final int LOGIC_OP32 = 19;

    public static final int LOAD_MULTIPLE = 20;
    public static final int STORE_MULTIPLE = 21;
    public static final int BRANCH = 22;
    public static final int SET_SB_ENTRY = 23;
    public static final int PROGRESS_WAIT = 24;
    public static final int SET_EXCEPTION_HANDLER = 25;

    /// v11 on.
    public static final int NEXT_SB_ENTRY = 26;

    /// v11 on.
    public static final int SET_STATE = 27;

    /// v11 on.
    public static final int SET_STATE_IMM32 = 28;

    /// v11 on.
    public static final int SHARED_SB_INC = 30;

    /// v11 on.
    public static final int SHARED_SB_DEC = 31;

    public static final int CALL = 32;
    public static final int JUMP = 33;
    public static final int REQ_RESOURCE = 34;
    public static final int FLUSH_CACHE2 = 36;
    public static final int SYNC_ADD32 = 37;
    public static final int SYNC_SET32 = 38;
    public static final int SYNC_WAIT32 = 39;
    public static final int STORE_STATE = 40;
    public static final int PROT_REGION = 41;
    public static final int PROGRESS_STORE = 42;
    public static final int PROGRESS_LOAD = 43;
    public static final int RUN_COMPUTE_INDIRECT = 44;
    public static final int ERROR_BARRIER = 47;
    public static final int HEAP_SET = 48;
    public static final int HEAP_OPERATION = 49;
    public static final int TRACE_POINT = 50;
    public static final int SYNC_ADD64 = 51;
    public static final int SYNC_SET64 = 52;
    public static final int SYNC_WAIT64 = 53;

    /// v13.
    public static final int ARITH_REG64 = 57;

    private Opcodes() {}
}
