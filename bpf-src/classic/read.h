/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Reading memory: chains of pointers, and bytes whose number only the run knows. */
#ifndef SYSCOPE_READ_H
#define SYSCOPE_READ_H

#include "helpers.h"

/* Keeps the compiler from proving a mask needless and dropping it: the verifier wants to see it. */
#define BOUND(x, mask)                                          \
	({                                                      \
		u64 __bounded = (x);                            \
		asm volatile("%0 &= " #mask : "+r"(__bounded)); \
		__bounded;                                      \
	})

#define OFFSET_OF(type, field) __builtin_offsetof(type, field)
#define SIZE_OF(type) sizeof(type)

/*
 * Before 4.15 a size must be seen to be above 0. Constants and sizes for variables on the stack are; those for the event
 * are bounded here, the event has room for what the mask allows.
 */
#define SIZED_FOR(to, size) (__builtin_constant_p(size) || __builtin_object_size(to, 0) != (unsigned long)-1)
#define BYTES(helper, to, size, from)                                                                            \
	({                                                                                                       \
		void *__to = (to);                                                                               \
		u64 __size = (size);                                                                             \
		const void *__from = (const void *)(from);                                                       \
		SIZED_FOR(__to, __size) ? helper(__to, __size, __from) :                                         \
			__size ? helper(__to, BOUND(__size - 1, 0xffff) + 1, __from) : 0;                        \
	})

#define read_kernel(to, size, from) BYTES(helper_read_kernel, to, size, from)
#define read_kernel_text(to, size, from) BYTES(helper_read_kernel_text, to, size, from)
#define read_user(to, size, from) BYTES(helper_read_user, to, size, from)
#define read_user_text(to, size, from) BYTES(helper_read_user_text, to, size, from)

/*
 * The comma makes a plain value of what may be a constant member. A read that fails gives zeros. Offsets are asked of the
 * compiler's front end, which is that of the machine: eBPF aligns numbers of more than 64 bits otherwise.
 */
#define READ_1(pointer, field)                                                                          \
	({                                                                                              \
		__typeof__(((void)0, (pointer)->field)) __field;                                        \
		const u8 *__from = (const u8 *)(pointer) + OFFSET_OF(__typeof__(*(pointer)), field);    \
		helper_read_kernel((void *)&__field, sizeof(__field), (const void *)__from);            \
		__field;                                                                                \
	})
#define READ_2(pointer, a, field) READ_1(READ_1(pointer, a), field)
#define READ_3(pointer, a, b, field) READ_1(READ_2(pointer, a, b), field)
#define READ_CHAIN(pointer, a, b, c, chosen, ...) chosen
#define READ(pointer, ...) READ_CHAIN(pointer, __VA_ARGS__, READ_3, READ_2, READ_1, none)(pointer, __VA_ARGS__)

#endif
