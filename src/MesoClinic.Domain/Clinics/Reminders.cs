namespace MesoClinic.Domain.Clinics;

/// <summary>When patients are reminded of an appointment, in hours before its start.</summary>
public sealed record Reminders
{
    public const int LongestHours = 14 * 24;

    public bool SendsFirst { get; init; } = true;
    public int FirstHours { get; init; } = 48;
    public bool SendsLast { get; init; } = true;
    public int LastHours { get; init; } = 3;
}
