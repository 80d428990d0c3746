package org.panscope.core.isa;

import static org.panscope.core.isa.IsaV10.field;
import static org.panscope.core.isa.OperandField.Type.UNSIGNED;

/// v12 as differences from v11: RUN_IDVS2 in place of RUN_IDVS, compute jobs with a stage and a
/// limit of endpoints, 128 registers.
///
/// Mesa: src/panfrost/genxml/v12.xml, decode_csf.c
final class IsaV12 {
    private static final OperandField STAGE =
            field(
                    "stage",
                    51,
                    48,
                    "internal",
                    "compute",
                    "vertex",
                    "tess_control",
                    "tess_eval",
                    "geometry");

    private static final int[] COMPUTE = {Opcodes.RUN_COMPUTE, Opcodes.RUN_COMPUTE_INDIRECT};

    private IsaV12() {}

    static Isa build(Isa v11) {
        return new IsaBuilder(12, 128, 16, v11)
                .remove(Opcodes.RUN_IDVS)
                .row(
                        Opcodes.RUN_IDVS2,
                        "RUN_IDVS2",
                        "RUN_IDVS2{mallocEnable?:.no_malloc}{drawIdEnable?.draw_id_enable}"
                                + ".{vertexShadingMode} r{drawId}, #{flagsOverride:x}",
                        STAGE,
                        IsaV10.DRAW_ID,
                        field("vertexShadingMode", 36, 35, "early", "deferred"),
                        IsaV10.DRAW_ID_ENABLE,
                        IsaV10.MALLOC_ENABLE,
                        IsaV10.PROGRESS,
                        IsaV10.FLAGS)
                .field(STAGE, COMPUTE)
                .field(field("epLimit", 23, 16, UNSIGNED), COMPUTE)
                .append(", #{epLimit}", COMPUTE)
                .build();
    }
}
