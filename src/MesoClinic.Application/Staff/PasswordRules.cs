using System.Collections.Frozen;

namespace MesoClinic.Application.Staff;

/// <summary>
/// Length and not being guessable are what protects; composition rules only make people write passwords down (OWASP ASVS 5.0, 6.2).
/// </summary>
public static class PasswordRules
{
    public const int PatientLength = 12;
    public const int StaffLength = 15;
    public const int Longest = 128;
    private const int ShortestName = 4;

    public static int LengthFor(bool isStaff) => isStaff ? StaffLength : PatientLength;

    /// <summary>What is wrong with it and what would be right; null when it may be used.</summary>
    public static string? Problem(string password, int minimum, string email, string clinicName)
    {
        var plain = Plain(password);
        return password.Length < minimum ? $"Use at least {minimum} characters. Four or five words that do not belong together are easy to remember."
            : password.Length > Longest ? $"Use at most {Longest} characters."
            : password.Distinct().Count() < 5 ? "This repeats the same few characters. Four or five words that do not belong together are easy to remember."
            : IsCommon(plain) ? "Many people use this password, so it is tried first. Choose words that do not belong together."
            : Contains(plain, email.Split('@')[0]) ? "Leave your email's name out of it: it is what a stranger tries first."
            : Contains(plain, clinicName) || Contains(plain, "mesoclinic") ? "Leave the clinic's name out of it: it is what a stranger tries first."
            : null;
    }

    /// <summary>Common beginnings stay common with figures after them.</summary>
    private static bool IsCommon(string plain) => Common.Contains(plain) || Common.Contains(plain.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')) || IsRepeated(plain);

    private static bool IsRepeated(string plain) => Enumerable.Range(1, plain.Length / 2).Any(size => plain.Length % size == 0 && Common.Contains(plain[..size])
        && Enumerable.Range(0, plain.Length / size).All(at => plain.AsSpan(at * size, size).SequenceEqual(plain.AsSpan(0, size))));

    private static bool Contains(string plain, string name) => Plain(name) is { Length: >= ShortestName } part && plain.Contains(part, StringComparison.Ordinal);

    private static string Plain(string text) => string.Concat(text.ToUpperInvariant().Where(char.IsLetterOrDigit));

    private static readonly FrozenSet<string> Common = new[]
    {
        "PASSWORD", "PASSWORDPASSWORD", "MYPASSWORD", "MYPASSWORDIS", "THISISMYPASSWORD", "PASSWORD123PASSWORD", "CHANGEME", "PLEASECHANGEME", "LETMEIN", "LETMEINPLEASE", "WELCOME", "WELCOMEHOME",
        "QWERTY", "QWERTYUIOP", "QWERTYUIOPASDFGH", "QWERTYUIOPASDFGHJKL", "ASDFGHJKL", "ASDFGHJKLZXCVBNM", "ZXCVBNM", "1QAZ2WSX3EDC4RFV", "QAZWSXEDCRFV", "1Q2W3E4R5T6Y", "1Q2W3E4R5T6Y7U8I",
        "123456789", "1234567890", "12345678910", "123456789012", "1234567890123", "12345678901234", "123456789012345", "1234567890123456", "0987654321", "123123", "123321",
        "ABCDEFGH", "ABCDEFGHIJKL", "ABCDEFGHIJKLMNO", "ABCDEFGHIJKLMNOP", "ABC123ABC123", "ILOVEYOU", "ILOVEYOUFOREVER", "IHATEPASSWORDS", "TRUSTNO", "ADMIN", "ADMINISTRATOR", "ROOT", "MANAGER", "COSMETOLOGIST",
        "PATIENT", "DOCTOR", "CLINIC", "MONKEY", "DRAGON", "SUNSHINE", "PRINCESS", "FOOTBALL", "BASEBALL", "SUPERMAN", "BATMAN", "STARWARS", "MASTER", "SHADOW", "MICHAEL", "JENNIFER", "COMPUTER", "INTERNET",
        "CORRECTHORSEBATTERYSTAPLE", "SUMMER", "WINTER", "SPRING", "AUTUMN", "MESOTHERAPY",
    }.ToFrozenSet(StringComparer.Ordinal);
}
