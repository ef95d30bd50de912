using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace MesoClinic.Web.Components.Shared.Forms;

/// <summary>Between the text of a choice and the bound value (text, enum, id, number), free of the server's culture.</summary>
internal static class ChoiceValue
{
    public static string? Format<TValue>(TValue? value) => value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : value?.ToString();

    public static bool TryParse<TValue>(string? text, [MaybeNullWhen(false)] out TValue value)
    {
        if (typeof(TValue) == typeof(bool) || typeof(TValue) == typeof(bool?))
        {
            var read = bool.TryParse(text, out var yes);
            value = read ? (TValue)(object)yes : default;
            return read;
        }

        return BindConverter.TryConvertTo(text, CultureInfo.InvariantCulture, out value);
    }
}
