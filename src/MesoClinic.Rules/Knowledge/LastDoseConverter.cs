using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Knowledge;

/// <summary>null = still taken, "unknown" = ended on an unknown day, otherwise the date of the last dose.</summary>
public sealed class LastDoseConverter : JsonConverter<LastDose>
{
    public override bool HandleNull => true;

    public override LastDose Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return LastDose.StillTaken;
        }
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        if (string.Equals(text, "unknown", StringComparison.Ordinal))
        {
            return LastDose.Unknown;
        }
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? LastDose.On(date)
            : throw new JsonException("A last dose is null (still taken), \"unknown\" or a date such as \"2026-07-01\".");
    }

    public override void Write(Utf8JsonWriter writer, LastDose value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        switch (value.Kind)
        {
            case LastDoseKind.StillTaken:
                writer.WriteNullValue();
                break;
            case LastDoseKind.Unknown:
                writer.WriteStringValue("unknown");
                break;
            default:
                writer.WriteStringValue(value.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
        }
    }
}
