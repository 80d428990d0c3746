/// The parts of DRM the driver uses: dma_fence, drm_syncobj, drm_sched.
@NullMarked
package org.panscope.core.kernel.drm;

import org.jspecify.annotations.NullMarked;
