// What has become of the document since the last look: two snapshots, and what they cannot show.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/document/Document.h"

#include <map>
#include <mutex>
#include <string>

namespace tintype {

/// Problem: whoever looks at the document now and then must miss nothing that counts. Two snapshots show which images have
/// come, changed and gone; but not that one was opened from a file when it was changed before the look, nor that all of it
/// was replaced. So these are noted edit by edit, those that observers have not been told of too: a look shows all that was
/// done before it and nothing that was done after it.
///
/// Any thread. The document must outlive it.
class DocumentWatch {
public:
    /// The file that an image was opened from, by the image's name.
    using Opened = std::map<std::string, std::string>;
    struct Seen {
        Document::State before; ///< after a replacement what it brought
        Document::State after;
        Opened opened; ///< of those that are still there, by the names they have now
        bool isReplaced = false;
        std::string activeBefore;
    };

    explicit DocumentWatch(const Document& document) : m_document(document) {}

    /// For an observer of the document: notes the changes that there are. Does nothing before the first look.
    void note();
    /// What was done since the last look. The first one, and the first after rest(), sees nothing.
    Seen look();
    /// Nobody looks until somebody does again.
    void rest();

private:
    /// Outlives the lock: it may be the last to hold what was there.
    struct Held {
        Document::Moment moment;
        Document::State before;
        Document::State after;
    };
    void catchUpLocked(Held& held);
    void noteLocked(const Document::Step& step);
    void noteEdit(const DocumentState& before, const DocumentState& after, bool isDone);

    const Document& m_document;
    std::mutex m_mutex;
    Seen m_seen; ///< its states are null while nobody looks
    std::uint64_t m_revision = 0;
};

} // namespace tintype
