/**
 * Loads compiled eBPF objects into the kernel without any native library: reads ELF and BTF, relocates for the running
 * kernel (CO-RE), creates maps, loads and attaches programs, and reads ring buffers in place.
 *
 * <p>The way is {@link org.syscope.capture.bpf.BpfObject} (what the file says, may still be changed) to
 * {@link org.syscope.capture.bpf.LoadedObject} (what the kernel took), each program on its own, so that one refusal
 * costs one program; all that can go wrong is a {@link org.syscope.capture.bpf.BpfException} with a hint.
 *
 * <p>It never knows what the programs do: no event, no tracepoint's meaning, no policy about what to load.
 *
 * <p>Formats: ELF64 (System V ABI), BTF and BTF.ext (kernel: {@code Documentation/bpf/btf.rst},
 * {@code include/uapi/linux/btf.h}), instructions ({@code Documentation/bpf/standardization/instruction-set.rst}).
 */
package org.syscope.capture.bpf;
