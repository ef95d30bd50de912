namespace MesoClinic.Domain.Staff;

/// <summary>Whole days on which somebody takes no appointments. Why, only as far as colleagues need to know it: nothing of anybody's health.</summary>
public sealed class Leave
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid StaffMemberId { get; init; }
    public required DateOnly From { get; init; }

    /// <summary>The last day; the same as <see cref="From"/> for a single one.</summary>
    public required DateOnly Until { get; init; }
    public LeaveKind Kind { get; init; }
}

public enum LeaveKind
{
    Holiday,
    Training,
    Absent,
}
