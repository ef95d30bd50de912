using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace MesoClinic.Data;

/// <summary>Instants are stored as UTC without an offset, because SQLite can neither compare nor sort offsets; they come back marked as UTC.</summary>
internal sealed class UtcDateTime() : ValueConverter<DateTime, DateTime>(
    value => value,
    value => DateTime.SpecifyKind(value, DateTimeKind.Utc));
