using System.Globalization;
using System.Text;

namespace MesoClinic.Application.Sessions;

/// <summary>Compares a typed name with the one on file: case, accents, spacing and the order of the names do not matter.</summary>
internal static class SignedNames
{
    public static bool AreSame(string typed, string onFile) => Words(typed).SequenceEqual(Words(onFile), StringComparer.Ordinal);

    public static bool IsFullName(string typed) => Words(typed).Length >= 2;

    private static string[] Words(string name)
    {
        var letters = name.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark).ToArray();
        return [.. new string(letters).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }
}
