using Microsoft.AspNetCore.Identity;

namespace MesoClinic.Data.Accounts;

/// <summary>A sign-in. Staff members and patients' accounts carry its id.</summary>
public sealed class ClinicUser : IdentityUser<Guid>
{
    public required string DisplayName { get; set; }

    /// <summary>A disabled account cannot sign in, and its next request is refused.</summary>
    public bool IsDisabled { get; set; }
}

/// <summary>The three roles; a person may hold more than one.</summary>
public static class ClinicRoles
{
    public const string Cosmetologist = nameof(Cosmetologist);
    public const string Manager = nameof(Manager);
    public const string Patient = nameof(Patient);

    public static readonly IReadOnlyList<string> All = [Cosmetologist, Manager, Patient];
}

/// <summary>A one-time link that lets a person set their own password; only its hash is kept.</summary>
public sealed class Invitation
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid UserId { get; init; }
    public required string TokenHash { get; init; }
    public required DateTime CreatedUtc { get; init; }
    public required DateTime ExpiresUtc { get; init; }
    public DateTime? UsedUtc { get; set; }
}

/// <summary>A key for the JSON endpoints; only its hash is kept.</summary>
public sealed class ApiKey
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; init; }
    public required string KeyHash { get; init; }
    public required DateTime CreatedUtc { get; init; }
    public required Guid CreatedById { get; init; }
    public DateTime? RevokedUtc { get; set; }
}
