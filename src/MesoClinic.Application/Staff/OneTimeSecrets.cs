using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Data.Accounts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>
/// Makes the secrets of invitation links and API keys. A secret is derived from the row's id under a key that lies outside the database, which
/// keeps its hash only: who made it can see it again after a reload for a while, and a copy of the database opens nothing.
/// </summary>
internal sealed class OneTimeSecrets(ClinicDbContext db, AuditKey key, TimeProvider clock)
{
    public static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(7);

    /// <summary>How long after its making a secret is shown again.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromMinutes(15);

    public string OfInvitation(Guid id) => Derive("invitation", id);

    public string OfApiKey(Guid id) => "mck_" + Derive("api-key", id);

    public static string HashOf(string secret) => ApiKeyHash.Of(secret);

    /// <summary>A link to set a password; earlier unused links of the same person end. The caller saves.</summary>
    public async Task<Guid> InviteAsync(Guid userId, CancellationToken token)
    {
        db.Invitations.RemoveRange(await db.Invitations.Where(old => old.UserId == userId && old.UsedUtc == null).ToListAsync(token));
        var id = Guid.NewGuid();
        var now = clock.GetUtcNow().UtcDateTime;
        db.Invitations.Add(new Invitation { Id = id, UserId = userId, TokenHash = HashOf(OfInvitation(id)), CreatedUtc = now, ExpiresUtc = now + InvitationLasts });
        return id;
    }

    /// <summary>The invitation that this link stands for, if it can still be used.</summary>
    public async Task<Invitation?> FindAsync(string? secret, CancellationToken token)
    {
        var hash = HashOf(secret ?? "");
        var now = clock.GetUtcNow().UtcDateTime;
        return await db.Invitations.SingleOrDefaultAsync(invitation => invitation.TokenHash == hash && invitation.UsedUtc == null && invitation.ExpiresUtc > now, token);
    }

    private string Derive(string purpose, Guid id) => Base64Url.EncodeToString(HMACSHA256.HashData(key.Bytes, Encoding.UTF8.GetBytes($"{purpose}:{id:N}")));
}
