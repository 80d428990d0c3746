package org.panscope.core.uapi;

/// Layout of `drm_panthor_gpu_info`: what the GPU registers say about the GPU.
///
/// ```
///    0  u32  gpu_id
///    4  u32  gpu_rev
///    8  u32  csf_id
///   12  u32  l2_features
///   16  u32  tiler_features
///   20  u32  mem_features
///   24  u32  mmu_features
///   28  u32  thread_features
///   32  u32  max_threads
///   36  u32  thread_max_workgroup_size
///   40  u32  thread_max_barrier_size
///   44  u32  coherency_features
///   48  obj  texture_features: four words
///   64  u32  as_present
///   68  u32  selected_coherency (2026; a hole before)
///   72  u64  shader_present
///   80  u64  l2_present
///   88  u64  tiler_present
///   96  u32  core_features
///  100  u32  pad
///  104  u64  gpu_features (2026)
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class GpuInfo {
    public static final int GPU_ID = 0;
    public static final int GPU_REV = 4;
    public static final int CSF_ID = 8;
    public static final int L2_FEATURES = 12;
    public static final int TILER_FEATURES = 16;
    public static final int MEM_FEATURES = 20;
    public static final int MMU_FEATURES = 24;
    public static final int THREAD_FEATURES = 28;
    public static final int MAX_THREADS = 32;
    public static final int THREAD_MAX_WORKGROUP_SIZE = 36;
    public static final int THREAD_MAX_BARRIER_SIZE = 40;
    public static final int COHERENCY_FEATURES = 44;
    public static final int TEXTURE_FEATURES = 48;
    public static final int AS_PRESENT = 64;
    public static final int SELECTED_COHERENCY = 68;
    public static final int SHADER_PRESENT = 72;
    public static final int L2_PRESENT = 80;
    public static final int TILER_PRESENT = 88;
    public static final int CORE_FEATURES = 96;
    public static final int PAD = 100;
    public static final int GPU_FEATURES = 104;

    /// Bytes of the struct as v6.10 has it.
    public static final int BASE_SIZE = 104;

    /// Bytes of the struct.
    public static final int SIZE = 112;

    /// SELECTED_COHERENCY: ACE-Lite.
    public static final int COHERENCY_ACE_LITE = 0;

    /// SELECTED_COHERENCY: none.
    public static final int COHERENCY_NONE = 31;

    /// Smallest array stride accepted: up to the last mandatory member.
    public static final int MIN_SIZE = 96;

    private GpuInfo() {}
}
