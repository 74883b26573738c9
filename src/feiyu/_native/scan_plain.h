// Scan: values of digits and capitals only, twin of the rules of feiyu/scan/reference.py for them.
// The classes of the characters, place by place, are the value's template. A template settles most detectors for all its values at once; what is left
// to be asked of the characters themselves are a few questions. A column whose values share a template plans once and then only asks.
#ifndef FEIYU_SCAN_PLAIN_H
#define FEIYU_SCAN_PLAIN_H

#include "scan_checks.h"

#define HIT(name) set(b, T_##name)

// By the second and third digit, one of four of which no branch could foretell: bits of the third.
static const u16 MOBILE[10] = {[3] = 0x3FF, [4] = 1 << 5 | 1 << 7, [5] = 0x3FF & ~(1 << 4), [6] = 1 << 2 | 7 << 5, [7] = 0x1FF, [8] = 0x3FF, [9] = 0x3FF & ~(1 << 4)};
static inline int mobile_body(Str s) { return s[0] == '1' && MOBILE[s[1] - 48] >> (s[2] - 48) & 1; }
// Digits, perhaps with a plus in front.
static int mobile_plain(Str s, int n) {
  if (n == 14 && !memcmp(s, "+86", 3)) s += 3, n = 11;
  else if (n == 13 && !memcmp(s, "86", 2)) s += 2, n = 11;
  else if (n == 15 && !memcmp(s, "0086", 4)) s += 4, n = 11;
  return n == 11 && digits(s, 11) && mobile_body(s);
}
static int landline_rest(Str s, int n);
static inline int landline(Str s, int n) { return n >= 10 && s[0] == '0' && landline_rest(s, n); }
static __attribute__((noinline)) int landline_rest(Str s, int n) {
  int a;
  if (s[1] == '1' && s[2] == '0') a = 3;
  else if (s[1] == '2' && CL[s[2]] == D) a = 3;
  else if (s[1] >= '3' && s[1] <= '9' && digits(s + 2, 2)) a = 4;
  else return 0;
  if (a < n && s[a] == '-') a++;
  if (a >= n || s[a] < '2' || s[a] > '8') return 0;
  int k = 0;
  while (a + k < n && CL[s[a + k]] == D) k++;
  if (k != 7 && k != 8) return 0;
  a += k;
  if (a == n) return 1;
  return s[a] == '-' && n - a - 1 >= 1 && n - a - 1 <= 5 && digits(s + a + 1, n - a - 1);
}
// Eighteen digits: three noughts at the end, or a number that a double holds without loss.
static inline int from_double(Str s) {
  u64 v = eight(s) * 10000000000ULL + eight(s + 8) * 100ULL + (u64)two(s + 16);
  return !memcmp(s + 15, "000", 3) || (u64)(double)v == v;
}
static inline int tariff(Str s) { return two(s) >= 1 && two(s) <= 97 && two(s) != 77 && two(s + 2) != 0; }

// --- digits only ---
static Bits digit_bits[130];  // what all values of so many digits pass
static void digit_bits_init(void) {
  for (int n = 1; n < 130; n++) {
    Bits *b = &digit_bits[n];
    if (n <= 3) HIT(small_int);
    if (n <= 15) HIT(amount);
    if (n <= 19) HIT(integer);
    if (n <= 20) HIT(number);
    if (n >= 4 && n <= 32) HIT(digits_any);
    if (n <= 64) HIT(code);
    if (n >= 4 && n <= 128) HIT(token);
    if (n == 5) HIT(digits5);
    if (n == 6) HIT(digits6);
    if (n == 8) HIT(digits8);
    if (n == 12) HIT(digits12);
    if (n == 7 || n == 8) HIT(plane);
    if (n >= 10 && n <= 12) HIT(securities_account);
    if (n == 13) HIT(pnr);
  }
}
// The answers of `digit_answers` in their order; the rest is nought.
enum { ANSWERS = 7, DIGIT_SIZES = 21 };
static const u8 DIGIT_ASKED[DIGIT_SIZES][ANSWERS + 1] = {
    // how many, then which
    [4] = {1, T_hs},
    [6] = {2, T_hs, T_area_code},
    [7] = {2, T_imo, T_sedol},
    [8] = {3, T_date, T_ubn_tw, T_hs},
    [9] = {3, T_org_code, T_cusip, T_mmsi},
    [10] = {6, T_timestamp, T_tollfree_cn, T_customs_reg, T_nhs_uk, T_hs, T_landline_cn},
    [11] = {3, T_mobile_cn, T_landline_cn, T_awb},
    [12] = {4, T_cnaps, T_aadhaar, T_my_number, T_landline_cn},
    [13] = {5, T_timestamp, T_mobile_cn, T_pin_th, T_bank_card, T_ean},
    [14] = {1, T_bank_card},
    [15] = {6, T_prc15, T_imei, T_imsi, T_mobile_cn, T_emirates_id, T_bank_card},
    [16] = {2, T_nik_id, T_bank_card},
    [17] = {2, T_bank_card, T_vin},
    [18] = {7, T_prc18, T_prc_damaged, T_foreign_pr, T_prc_hmt, T_uscc, T_customs_decl, T_bank_card},
    [19] = {2, T_bank_card, T_iccid},
    [20] = {3, T_iccid, T_lei, T_trace_code},
};
static inline u32 prc_answers(Str s) {
  if (!PROV[two(s)]) return s[0] == '9' ? (u32)foreign_pr(s) << 2 : (u32)prc_hmt(s) << 3;
  return ymd(s + 6) ? prc_check(s) ? 1u : (u32)from_double(s) << 1 : 0;
}
static inline u32 digit_answers(Str s, int n) {
#define IS(i, condition) ((u32)((condition) != 0) << (i))
  switch (n) {
    case 4: return IS(0, tariff(s));
    case 6: return IS(0, tariff(s)) | IS(1, PROV[two(s)] && two(s + 2) < 91);
    case 7: return IS(0, s[0] != '0' && imo(s)) | IS(1, sedol(s));
    case 8: return IS(0, ymd(s)) | IS(1, ubn(s)) | IS(2, tariff(s));
    case 9: {
      int mid = two(s) * 10 + s[2] - 48;
      return IS(0, org_digit(s) == s[8]) | IS(1, cusip(s)) | IS(2, mid >= 201 && mid <= 775);
    }
    case 10:
      return IS(0, s[0] == '1') | IS(1, (s[0] == '4' || s[0] == '8') && s[1] == '0' && s[2] == '0') | IS(2, PROV[two(s)]) | IS(3, nhs(s)) | IS(4, tariff(s)) |
             IS(5, landline(s, n));
    case 11: {
      u32 r = eight(s + 3);
      return IS(0, mobile_body(s)) | IS(1, landline(s, n)) | IS(2, r / 10 % 7 == r % 10);
    }
    case 12: return IS(0, s[0] != '0') | IS(1, s[0] >= '2' && verhoeff(s, 12)) | IS(2, my_number(s)) | IS(3, landline(s, n));
    case 13: return IS(0, s[0] == '1') | IS(1, mobile_plain(s, n)) | IS(2, pin_th(s)) | IS(3, bank_card(s, n)) | IS(4, ean(s));
    case 14: return IS(0, bank_card(s, n));
    case 15: {
      int ok = luhn(s, 15);
      return IS(0, prc15(s)) | IS(1, ok) | IS(2, s[0] == '4' && s[1] == '6' && s[2] == '0') | IS(3, mobile_plain(s, n)) |
             IS(4, ok && !memcmp(s, "784", 3) && (!memcmp(s + 3, "19", 2) || !memcmp(s + 3, "20", 2))) | IS(5, bank_card(s, n));
    }
    case 16: {
      int area = two(s), m = two(s + 8), d = two(s + 6) % 40;
      return IS(0, area >= 11 && area <= 94 && d >= 1 && d <= 31 && m >= 1 && m <= 12 && memcmp(s + 12, "0000", 4)) | IS(1, bank_card(s, n));
    }
    case 17: return IS(0, bank_card(s, n)) | IS(1, vin(s) > 0);
    case 18: return prc_answers(s) | IS(4, uscc(s)) | IS(5, s[4] == '2' && s[5] == '0' && s[6] <= '4' && (s[8] == '0' || s[8] == '1')) | IS(6, bank_card(s, n));
    case 19: return IS(0, bank_card(s, n)) | IS(1, !memcmp(s, "8986", 4));
    case 20: return IS(0, !memcmp(s, "8986", 4)) | IS(1, mod97(s, 20, 0)) | IS(2, s[0] == '8');
    default: return 0;
  }
}

// --- digits and capitals ---
enum Ask {
  A_DIGITS, A_LOCODE, A_SEDOL, A_HKID, A_PASSPORT, A_PASSPORT_LETTERS, A_EXIT, A_EXIT_LETTERS, A_HOME_RETURN, A_ORG, A_NRIC, A_NINO, A_CUSIP, A_TAIWAN,
  A_PAN, A_CUSTOMS, A_ACCOUNT_AB, A_ACCOUNT_F, A_IMO, A_CONTAINER, A_ISIN, A_S10, A_GSTIN, A_VIN, A_USCC, A_PRC_X, A_ICCID, A_LEI, A_STUDENT, A_BATTERY,
  A_BIC, A_VAT, A_EXPRESS, A_GENE, A_ICD10, A_EXPONENT, A_HEX, A_EXCHANGE, A_IBAN, A_MASKED, A_CLOUD_KEY, A_TRIAL
};
// What a template settles: what all its values pass, and what is to be asked of each; an answer of one bit or more stands at its place among `types`.
typedef struct {
  Bits always;
  u8 many, width, ask[ANSWERS], place[ANSWERS], types[ANSWERS];
  u64 first[ANSWERS];  // by the lower six bits of the first character: whether the answer may be yes
} Asked;
static u64 begins(int what) {
  const char *with = what == A_PASSPORT ? "EGDSP" : what == A_EXIT ? "CWLT" : what == A_HOME_RETURN ? "HM" : what == A_ACCOUNT_AB ? "AB" : what == A_ACCOUNT_F ? "F" :
                     what == A_NRIC ? "STFGM" : what == A_VAT ? "DFINAB" : what == A_EXPRESS ? "ESYJZ" : what == A_CLOUD_KEY ? "AL" : what == A_TRIAL ? "NCI" :
                     what == A_IMO ? "I" : what == A_STUDENT ? "GL" : what == A_PASSPORT_LETTERS ? "E" : what == A_EXIT_LETTERS ? "C" : what == A_EXCHANGE ? "SB" : "";
  u64 found = 0;
  for (const char *c = with; *c; c++) found |= 1ULL << (*c & 63);
  return found ? found : ~0ULL;
}
static void ask(Asked *a, int what, int type) {
  a->first[a->many] = begins(what), a->ask[a->many] = (u8)what, a->place[a->many++] = a->width, a->types[a->width++] = (u8)type;
}
static int cloud_key_(Str s, int n);
static int masked_digits(Str s, int n);
static int trial_id_(Str s, int n);
static int hex(u8 c);

// Of n digits and capitals, at most 64, at least one a capital; digits stand at the bits of `d`.
static void asked_of_capitals(int n, u64 d, Asked *a) {
  u64 u = first_bits(n) & ~d;
  Bits *b = &a->always;
  memset(a, 0, sizeof *a);
#define DIGITS(from, many) all_set(d, from, many)
#define CAPITALS(from, many) all_set(u, from, many)
  if (d) HIT(code);
  if (n >= 3 && (u & 1)) HIT(handle);
  if (n >= 4) HIT(token);
  if (n == 6) HIT(pnr);
  if (n >= 11 && n <= 16 && CAPITALS(0, 4) && __builtin_popcountll(d) >= 6) HIT(bl);
  switch (n) {
    case 3: if (CAPITALS(0, 1) && DIGITS(1, 2)) ask(a, A_ICD10, T_icd10); break;
    case 5: if (CAPITALS(0, 2)) ask(a, A_LOCODE, T_locode); break;
    case 7: if (DIGITS(6, 1)) ask(a, A_SEDOL, T_sedol); break;
    case 8:
      if (CAPITALS(0, 1) && DIGITS(1, 6)) ask(a, A_HKID, T_hkid);
      if (CAPITALS(0, 2) && DIGITS(2, 6)) ask(a, A_EXCHANGE, T_securities_code);
      break;
    case 9:
      if (DIGITS(1, 8)) ask(a, A_PASSPORT, T_passport_cn), ask(a, A_EXIT, T_exit_permit), ask(a, A_HOME_RETURN, T_home_return);
      if (CAPITALS(0, 2) && DIGITS(2, 7)) ask(a, A_PASSPORT_LETTERS, T_passport_cn), ask(a, A_EXIT_LETTERS, T_exit_permit);
      if (CAPITALS(0, 1) && DIGITS(1, 7) && CAPITALS(8, 1)) ask(a, A_NRIC, T_nric_sg);
      if (CAPITALS(0, 2) && DIGITS(2, 6)) {
        ask(a, A_HKID, T_hkid);
        if (CAPITALS(8, 1)) ask(a, A_NINO, T_nino_uk);
      }
      if (DIGITS(0, 3) && DIGITS(8, 1)) ask(a, A_CUSIP, T_cusip);
      ask(a, A_ORG, T_org_code);
      break;
    case 10:
      if (CAPITALS(0, 1) && DIGITS(1, 9)) ask(a, A_TAIWAN, T_taiwan_id), ask(a, A_ACCOUNT_AB, T_securities_account);
      if (CAPITALS(0, 5) && DIGITS(5, 4) && CAPITALS(9, 1)) ask(a, A_PAN, T_pan_in);
      if (DIGITS(0, 5)) ask(a, A_CUSTOMS, T_customs_reg);
      if (CAPITALS(0, 3) && DIGITS(3, 7)) ask(a, A_IMO, T_imo);
      break;
    case 11:
      if (CAPITALS(0, 1) && DIGITS(1, 10)) ask(a, A_HOME_RETURN, T_home_return), ask(a, A_ACCOUNT_F, T_securities_account);
      if (CAPITALS(0, 4) && DIGITS(4, 7)) ask(a, A_CONTAINER, T_container);
      if (CAPITALS(0, 3) && DIGITS(3, 8)) ask(a, A_TRIAL, T_trial_id);
      break;
    case 12:
      if (CAPITALS(0, 2) && DIGITS(11, 1)) ask(a, A_ISIN, T_isin);
      if (CAPITALS(0, 1) && DIGITS(1, 11)) ask(a, A_ACCOUNT_F, T_securities_account);
      break;
    case 13: if (CAPITALS(0, 2) && DIGITS(2, 9) && CAPITALS(11, 2)) ask(a, A_S10, T_s10); break;
    case 14: if (CAPITALS(0, 6) && DIGITS(6, 8)) ask(a, A_TRIAL, T_trial_id); break;
    case 15: if (DIGITS(0, 2) && CAPITALS(2, 5) && DIGITS(7, 4) && CAPITALS(11, 1) && CAPITALS(13, 1)) ask(a, A_GSTIN, T_gstin); break;
    case 17:
      ask(a, A_VIN, T_vin);
      if (DIGITS(13, 4)) a->types[a->width++] = T_vin_shape;
      break;
    case 18:
      if (DIGITS(2, 6)) ask(a, A_USCC, T_uscc);
      if (DIGITS(0, 17)) ask(a, A_PRC_X, T_prc18), a->types[a->width++] = T_foreign_pr, a->types[a->width++] = T_prc_hmt;
      break;
    case 19: if (CAPITALS(0, 1) && DIGITS(1, 17)) ask(a, A_STUDENT, T_student_no); break;
    case 20: if (DIGITS(18, 2)) ask(a, A_LEI, T_lei); break;
    case 24: if (DIGITS(17, 7)) ask(a, A_BATTERY, T_battery); break;
    case 32: case 40: case 64: ask(a, A_HEX, T_hexhash); break;
    default: break;
  }
  if ((n == 8 || n == 11) && CAPITALS(0, 6)) ask(a, A_BIC, T_bic);
  if (n >= 11 && n <= 14 && CAPITALS(0, 2)) ask(a, A_VAT, T_vat_eu);
  if (n >= 12 && n <= 17 && CAPITALS(0, 2) && __builtin_popcountll(d) >= 10) ask(a, A_EXPRESS, T_express);
  if ((n == 19 || n == 20) && DIGITS(0, n - 1)) ask(a, A_ICCID, T_iccid);
  if (!d && n >= 20) ask(a, A_GENE, T_gene);
  if ((d & 1) && n <= 24 && !(u & (u - 1)) && u >= 1ULL << n >> 4 && u < 1ULL << n >> 1 && u <= 1 << 20) ask(a, A_EXPONENT, T_number);
  if (n >= 15 && n <= 34 && CAPITALS(0, 2) && DIGITS(2, 2)) ask(a, A_IBAN, T_iban);
  if (n >= 16 && n <= 30 && CAPITALS(0, 4)) ask(a, A_CLOUD_KEY, T_cloud_key);
  int lead = __builtin_ctzll(~d);
  if (n >= 9 && n <= 24 && lead >= 3 && lead <= 6 && CAPITALS(lead, 4)) ask(a, A_MASKED, T_masked_digits);
#undef DIGITS
#undef CAPITALS
}
static inline u32 asked(int what, Str s, int n) {
  switch (what) {
    case A_LOCODE: return iso2(s) && !in(s[2], "01") && !in(s[3], "01") && !in(s[4], "01");
    case A_SEDOL: return (u32)sedol(s);
    case A_HKID: return (CL[s[n - 1]] == D || s[n - 1] == 'A') && hkid(s, n);
    case A_PASSPORT: return (u32)in(s[0], "EGDSP");
    case A_PASSPORT_LETTERS: return s[0] == 'E' && s[1] != 'I' && s[1] != 'O';
    case A_EXIT: return (u32)in(s[0], "CWLT");
    case A_EXIT_LETTERS: return s[0] == 'C' && s[1] != 'I' && s[1] != 'O';
    case A_HOME_RETURN: return (u32)in(s[0], "HM");
    case A_ORG: return (CL[s[8]] == D || s[8] == 'X') && org_digit(s) == s[8];
    case A_NRIC: return in(s[0], "STFGM") && nric(s);
    case A_NINO: {
      static const char *bad = "BGGBNKKNTNNTZZ";
      int ok = s[8] >= 'A' && s[8] <= 'D' && !in(s[0], "DFIQUV") && !in(s[1], "DFIOQUV");
      for (int i = 0; i < 14; i += 2) ok &= memcmp(s, bad + i, 2) != 0;
      return (u32)ok;
    }
    case A_CUSIP: return (u32)cusip(s);
    case A_TAIWAN: return in(s[1], "1289") && taiwan_id(s);
    case A_PAN: return (u32)in(s[3], "ABCFGHLJPT");
    case A_CUSTOMS: return PROV[two(s)];
    case A_ACCOUNT_AB: return (u32)in(s[0], "AB");
    case A_ACCOUNT_F: return s[0] == 'F';
    case A_IMO: return !memcmp(s, "IMO", 3) && s[3] != '0' && imo(s + 3);
    case A_CONTAINER: return in(s[3], "UJZ") && container(s);
    case A_ISIN: return (u32)isin(s);
    case A_S10: return (u32)s10(s);
    case A_GSTIN: return s[0] <= '3' && s[12] != '0' && s[13] == 'Z' && gstin(s);
    case A_VIN: {
      int ok = vin(s);
      return ok > 0 ? 1 : !ok && digits(s + 13, 4) && in(s[0], "123456789JKLMNSTVWXYZR") ? 2 : 0;
    }
    case A_USCC: return (u32)uscc(s);
    case A_PRC_X: return s[17] != 'X' ? 0 : s[0] == '9' ? (u32)foreign_pr(s) << 1 : prc18(s) ? 1 : (u32)prc_hmt(s) << 2;
    case A_ICCID: return !memcmp(s, "8986", 4) && s[n - 1] <= 'F';
    case A_LEI: return (u32)mod97(s, n, 0);
    case A_STUDENT: return (s[0] == 'G' || s[0] == 'L') && prc18(s + 1);
    case A_BATTERY: {
      int ok = 1;
      for (int i = 0; i < 17; i++) ok &= s[i] != 'I' && s[i] != 'O';
      return (u32)ok;
    }
    case A_BIC: return (u32)iso2(s + 4);
    case A_VAT: return in(s[0], "DFINAB") && vat_eu(s, n);
    case A_EXPRESS: {
      int k = !memcmp(s, "EMS", 3) ? 3 : !memcmp(s, "SF", 2) || !memcmp(s, "YT", 2) || !memcmp(s, "JD", 2) || !memcmp(s, "ZT", 2) || !memcmp(s, "JT", 2) ? 2 : 0;
      return k && n - k >= 10 && n - k <= 15;
    }
    case A_GENE: {
      int ok = 1;
      for (int i = 0; i < n && ok; i++) ok = in(s[i], "ACGTUN");
      return (u32)ok;
    }
    case A_ICD10: return s[0] != 'U';
    case A_EXPONENT: return s[n - 2] == 'E' || s[n - 3] == 'E' || (n > 3 && s[n - 4] == 'E');
    case A_HEX: {
      int ok = 1;
      for (int i = 0; i < n && ok; i++) ok = hex(s[i]);
      return (u32)ok;
    }
    case A_EXCHANGE: return !memcmp(s, "SH", 2) || !memcmp(s, "SZ", 2) || !memcmp(s, "BJ", 2);
    case A_IBAN: return (u32)iban(s, n);
    case A_MASKED: return (u32)masked_digits(s, n);
    case A_CLOUD_KEY: return (!memcmp(s, "AKIA", 4) || !memcmp(s, "ASIA", 4) || !memcmp(s, "LTAI", 4)) && cloud_key_(s, n);
    case A_TRIAL: return (u32)trial_id_(s, n);
    default: return 0;
  }
}

// --- both ---
// Whether a value of these classes and this length is of this kind.
static inline int plain_shape(int m, int n) { return !(m & ~(D | U)) && n <= 64; }
static void asked_of(int n, u64 d, Asked *a) {
  if (d != first_bits(n)) {
    asked_of_capitals(n, d, a);
    return;
  }
  memset(a, 0, sizeof *a);
  a->always = digit_bits[n];
  if (n >= DIGIT_SIZES || !DIGIT_ASKED[n][0]) return;
  a->width = DIGIT_ASKED[n][0], a->many = 1, a->ask[0] = A_DIGITS;
  memcpy(a->types, DIGIT_ASKED[n] + 1, a->width);
}
static inline u32 answers(const Asked *a, Str s, int n) {
  u32 found = 0;
  if (!a->many) return 0;
  if (a->ask[0] == A_DIGITS) return digit_answers(s, n);
  for (int i = 0; i < a->many; i++)
    if (a->first[i] >> (s[0] & 63) & 1) found |= asked(a->ask[i], s, n) << a->place[i];
  return found & ((1u << a->width) - 1);
}
static inline Bits passed(const Asked *a, u32 found) {
  Bits b = a->always;
  for (; found; found &= found - 1) set(&b, a->types[__builtin_ctz(found)]);
  return b;
}
// One value of at most 64.
static __attribute__((noinline)) Bits plain_value(Str s, int n, u64 d) {
  Asked a;
  asked_of(n, d, &a);
  return passed(&a, answers(&a, s, n));
}

#endif
