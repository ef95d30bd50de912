using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace MesoClinic.Application.Booking;

/// <summary>How this installation sends e-mail.</summary>
public sealed record MailSettings
{
    /// <summary>Null: every message becomes an .eml file in <see cref="Folder"/>.</summary>
    public string? Host { get; init; }
    public int Port { get; init; } = 587;
    public string? User { get; init; }
    public string? Password { get; init; }

    /// <summary>STARTTLS; without it e-mail would cross the network in the clear.</summary>
    public bool Tls { get; init; } = true;

    /// <summary>The clinic's address: who writes, and who organizes the appointment.</summary>
    public required string From { get; init; }

    /// <summary>Where patients reach the portal, without a slash at the end.</summary>
    public required string PublicUrl { get; init; }
    public required string Folder { get; init; }
    public bool WritesFiles => Host is null;
}

/// <summary>Hands one message to the mail server, or writes it as a file where there is none.</summary>
public sealed class Mailer(MailSettings settings)
{
    /// <summary>Much shorter than a sender's lease: nobody else takes a message up while it is being handed over.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="Id">Makes the Message-ID: the same e-mail sent again is recognised as the same.</param>
    internal sealed record Mail(Guid Id, string FromName, string ToName, string To, string Language, string Subject, string Body, IReadOnlyList<CalendarFile> Calendars);

    internal async Task SendAsync(Mail mail, CancellationToken token)
    {
        using var message = Compose(mail);
        if (settings.Host is not { } host)
        {
            WriteFile(mail.Id, message);
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Patience);
        using var client = new SmtpClient(host, settings.Port) { EnableSsl = settings.Tls };
        if (settings.User is { } user)
        {
            client.Credentials = new NetworkCredential(user, settings.Password);
        }

        await client.SendMailAsync(message, limit.Token).WaitAsync(limit.Token);
    }

    /// <exception cref="FormatException">The address is none.</exception>
    private MailMessage Compose(Mail mail)
    {
        var from = new MailAddress(settings.From, Letters.OneLine(mail.FromName), Encoding.UTF8);
        var message = new MailMessage(from, new MailAddress(mail.To, Letters.OneLine(mail.ToName), Encoding.UTF8))
        {
            Subject = Letters.OneLine(mail.Subject),
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
            Body = mail.Body,
            BodyEncoding = Encoding.UTF8,

            // Its quoted-printable would encode line breaks too, which the standard (RFC 2045, 6.7) does not allow in a text.
            BodyTransferEncoding = TransferEncoding.Base64,
        };
        message.Headers.Add("Message-ID", $"<{mail.Id:N}@{from.Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("Content-Language", mail.Language);

        // One file for each appointment: an invitation (RFC 5546, 3.2.2) holds one, so that each can be moved or cancelled by itself later.
        foreach (var (index, calendar) in mail.Calendars.Index())
        {
            var type = new ContentType("text/calendar") { CharSet = "utf-8", Name = mail.Calendars.Count == 1 ? "appointment.ics" : string.Create(CultureInfo.InvariantCulture, $"appointment-{index + 1}.ics") };
            type.Parameters.Add("method", calendar.Method);
            var attachment = new Attachment(new MemoryStream(Encoding.UTF8.GetBytes(calendar.Write())), type) { TransferEncoding = TransferEncoding.Base64 };
            attachment.ContentDisposition!.FileName = type.Name;
            message.Attachments.Add(attachment);
        }

        return message;
    }

    /// <summary>Appears under its name only when it is complete; the same message written again replaces it.</summary>
    private void WriteFile(Guid id, MailMessage message)
    {
        var folder = CreateOwnFolder(settings.Folder);
        var draft = CreateOwnFolder(Path.Combine(folder, $".{id:N}"));
        using (var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = draft })
        {
            client.Send(message);
        }

        File.Move(Directory.GetFiles(draft, "*.eml").Single(), Path.Combine(folder, $"{id:N}.eml"), overwrite: true);
        Directory.Delete(draft, recursive: true);
    }

    private static string CreateOwnFolder(string path) =>
        OperatingSystem.IsWindows() ? Directory.CreateDirectory(path).FullName : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
}
